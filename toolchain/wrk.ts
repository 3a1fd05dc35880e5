import { defineProgram } from '../src/model/program.ts';

export default defineProgram({
  name: 'wrk',
  summary: 'makes load over HTTP/1.1, to check the throughput that other engines see',
  version: '4.1.0',
  probe: { args: ['-v'], pattern: /^wrk (?:debian\/)?v?(\d[^-\s]*)/m },
  sources: [
    { kind: 'path', below: '5' },
    { kind: 'deb', packages: ['wrk'], member: 'usr/bin/wrk' },
  ],
});
