import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

export default kubernetesProgram({ name: 'kube-proxy', summary: "Services and NodePorts of a local cluster's node" });
