import { defineProgram } from '../src/model/program.ts';

const release = (version: string, arch: string) => `https://kind.sigs.k8s.io/dl/v${version}/kind-linux-${arch}`;

export default defineProgram({
  name: 'kind',
  summary: 'makes the nodes of a kind cluster as Docker containers',
  version: '0.33.0',
  probe: { args: ['version'], pattern: /kind v(\d\S*)/ },
  sources: [
    { kind: 'path', below: '1' },
    {
      kind: 'download',
      url: release,
      sha256: { kind: 'published', url: (version, arch) => `${release(version, arch)}.sha256sum` },
    },
    { kind: 'go', module: 'kind', package: 'sigs.k8s.io/kind' },
  ],
});
