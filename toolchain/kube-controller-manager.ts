import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

export default kubernetesProgram({
  name: 'kube-controller-manager',
  summary: "the controllers behind a local cluster's Deployments, Services and namespaces",
});
