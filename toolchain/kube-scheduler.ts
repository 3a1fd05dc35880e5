import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

export default kubernetesProgram({ name: 'kube-scheduler', summary: 'gives the pods of a local cluster their node' });
