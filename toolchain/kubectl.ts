import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

/**
 * A kubectl fits API servers one minor version older or newer. One found on PATH may thus be a minor ahead of the rest,
 * but never behind the entry's version, though the skew would allow it: one rule for every program is worth more.
 */
export default kubernetesProgram({
  name: 'kubectl',
  summary: 'speaks to a cluster for a person: ingress-assay cluster kubectl',
  probe: { args: ['version', '--client'], pattern: /Client Version: v(\S+)/ },
  package: 'k8s.io/kubernetes/cmd/kubectl',
  below: '1.39',
});
