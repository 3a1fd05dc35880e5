import { kubernetesProgram } from '../src/toolchain/kubernetes.ts';

export default kubernetesProgram({ name: 'kube-apiserver', summary: 'the API server of a local cluster' });
