import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

export default kubernetesProgram({ name: 'kubelet', summary: "runs the pods of a local cluster's node" });
