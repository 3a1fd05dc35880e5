import { defineProgram } from '../src/model/program.ts';

const release = (version: string) => `https://github.com/grafana/k6/releases/download/v${version}`;

/** From 1.0 on it runs TypeScript itself, which `load/k6/script.ts` is. */
export default defineProgram({
  name: 'k6',
  summary: 'makes load at a rate by a script in TypeScript; the same in pods of a cluster',
  version: '1.8.1',
  probe: { args: ['version'], pattern: /k6\S* v(\d[^\s(]*)/ },
  sources: [
    { kind: 'path', below: '2' },
    {
      kind: 'download',
      url: (version, arch) => `${release(version)}/k6-v${version}-linux-${arch}.tar.gz`,
      sha256: { kind: 'published', url: (version) => `${release(version)}/k6-v${version}-checksums.txt` },
      member: (version, arch) => `k6-v${version}-linux-${arch}/k6`,
    },
    { kind: 'go', module: 'k6', package: 'go.k6.io/k6' },
  ],
  images: ['grafana/k6'],
});
