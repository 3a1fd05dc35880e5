import { defineProgram } from '../src/model/program.ts';

const release = (version: string, arch: string) =>
  `https://github.com/coredns/coredns/releases/download/v${version}/coredns_${version}_linux_${arch}.tgz`;

export default defineProgram({
  name: 'coredns',
  summary: 'names of Services and pods in a local cluster',
  version: '1.15.0',
  probe: { args: ['-version'], pattern: /CoreDNS-(\S+)/ },
  sources: [
    { kind: 'path', below: '2' },
    {
      kind: 'download',
      url: release,
      sha256: { kind: 'published', url: (version, arch) => `${release(version, arch)}.sha256` },
      member: () => 'coredns',
    },
    { kind: 'go', module: 'coredns', package: 'ingress-assay.dev/toolchain/coredns' },
  ],
  images: ['registry.k8s.io/coredns/coredns', 'coredns/coredns'],
});
