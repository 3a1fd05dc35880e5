import { defineProgram } from '../src/model/program.ts';

const release = (version: string, arch: string) => `https://get.helm.sh/helm-v${version}-linux-${arch}.tar.gz`;

export default defineProgram({
  name: 'helm',
  summary: 'renders the charts of controllers that come as one',
  version: '4.3.1',
  probe: { args: ['version', '--short'], pattern: /^v(\d[^+\s]*)/ },
  sources: [
    { kind: 'path', below: '5' },
    {
      kind: 'download',
      url: release,
      sha256: { kind: 'published', url: (version, arch) => `${release(version, arch)}.sha256sum` },
      member: (_version, arch) => `linux-${arch}/helm`,
    },
    {
      kind: 'go',
      module: 'helm',
      package: 'helm.sh/helm/v4/cmd/helm',
      ldflags: (version) => `-X helm.sh/helm/v4/internal/version.version=v${version}`,
    },
  ],
});
