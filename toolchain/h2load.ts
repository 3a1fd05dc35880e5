import { defineProgram } from '../src/model/program.ts';

/** A part of nghttp2, whose version it has. */
export default defineProgram({
  name: 'h2load',
  summary: 'makes load over HTTP/2, to check the throughput that other engines see',
  version: '1.43.0',
  probe: { args: ['--version'], pattern: /nghttp2\/(\d\S*)/ },
  sources: [
    { kind: 'path', below: '2' },
    { kind: 'deb', packages: ['nghttp2-client'], member: 'usr/bin/h2load' },
  ],
});
