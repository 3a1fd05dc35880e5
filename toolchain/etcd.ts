import { defineProgram } from '../src/model/program.ts';

/** The version is the one that `toolchain/kubernetes/go.mod` settles on: what kube-apiserver's own client is built from. */
export default defineProgram({
  name: 'etcd',
  summary: "the store behind a local cluster's API server",
  version: '3.7.0',
  probe: { args: ['--version'], pattern: /etcd Version: (\S+)/ },
  sources: [
    { kind: 'path', folderVariable: 'KUBEBUILDER_ASSETS', below: '4' },
    {
      kind: 'download',
      url: (version, arch) =>
        `https://github.com/etcd-io/etcd/releases/download/v${version}/etcd-v${version}-linux-${arch}.tar.gz`,
      sha256: {
        kind: 'published',
        url: (version) => `https://github.com/etcd-io/etcd/releases/download/v${version}/SHA256SUMS`,
      },
      member: (version, arch) => `etcd-v${version}-linux-${arch}/etcd`,
    },
    { kind: 'go', module: 'kubernetes', package: 'go.etcd.io/etcd/server/v3' },
  ],
  images: ['registry.k8s.io/etcd'],
});
