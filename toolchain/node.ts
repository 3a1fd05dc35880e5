import { defineProgram } from '../src/model/program.ts';

export default defineProgram({
  name: 'node',
  summary: 'runs the harness, the back-ends and net-test',
  version: '20.19.0',
  probe: { args: ['--version'], pattern: /v(\S+)/ },
  sources: [{ kind: 'self' }],
  images: ['node'],
});
