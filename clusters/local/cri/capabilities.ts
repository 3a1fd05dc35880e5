import type { PodFeature } from '../../../src/model/prerequisite.ts';

const yes = (feature: string, note: string): PodFeature => ({ feature, supported: true, note });
/** The pod runs without it, and an event says so. */
const without = (feature: string, note: string): PodFeature => ({
  feature,
  supported: false,
  note: `${note}; the pod runs without, with an event`,
});
/** The pod does not start; its event carries the reason. */
const refused = (feature: string, note: string): PodFeature => ({
  feature,
  supported: false,
  note: `${note}; the pod does not start, its event says why`,
});

/** What the runtime of the local cluster can do and cannot: the table of its README and of `doctor`. */
export const runtimeCapabilities: readonly PodFeature[] = [
  yes('pod network', 'an address of its own, routed point to point, or the node’s (hostNetwork)'),
  yes('containers of a pod', 'share network, hostname and IPC; each has its own processes and file tree'),
  yes('command, args, env, workingDir', 'as on any node; a program that is not there is a StartError with its name'),
  yes('volumes', 'read-only, subPath, single files, propagation; also below folders of the machine'),
  yes('readOnlyRootFilesystem', 'the tree is remounted read-only; volumes keep their own mode'),
  yes('lifecycle', 'SIGTERM, grace period, SIGKILL for all processes of the container; exit code and reason'),
  yes('logs', 'kubectl logs, -f and --previous; rotation'),
  yes('exec probes and hooks', 'with time-out; all processes they started are killed'),
  yes('capabilities', 'add and drop, inside the cluster’s user namespace; privileged means all of them there'),
  yes('allowPrivilegeEscalation', 'false sets no_new_privs'),
  yes('sysctls', 'those of net.*; others are refused'),
  yes('statistics', 'CPU time and own memory (anonymous and shared) of live processes, from /proc'),
  without('runAsUser', 'one user is mapped, so every program is user 0 of the namespace: the one who runs the cluster'),
  without('runAsGroup', 'one group is mapped'),
  without('supplementalGroups', 'one group is mapped; fsGroup too changes nothing'),
  without('cpu limit', 'nothing throttles'),
  without('memory limit', 'nothing kills at the limit'),
  without('seccomp', 'no filter is set'),
  without('AppArmor', 'no profile is set'),
  without('SELinux', 'no label is set'),
  refused('hostPort', 'use a NodePort Service or hostNetwork'),
  refused('hostPID', 'a container never sees the node’s processes'),
  refused('hostIPC', 'a pod never shares the node’s IPC'),
  refused('shareProcessNamespace', 'each container has processes of its own'),
  refused('user namespaces', 'hostUsers: false needs more than the one user there is'),
  refused('devices', 'device plugins and block volumes'),
  refused('huge pages', 'none are reserved'),
  refused('image volumes', 'an image is a program, not a tree of files'),
  refused('stdin, tty', 'there is nothing to attach to'),
  {
    feature: 'kubectl exec, attach, cp, port-forward',
    supported: false,
    note: 'the kubelet answers Unimplemented: they need a streaming server; the cluster’s own exec enters the container',
  },
  { feature: 'checkpoint', supported: false, note: 'answers Unimplemented' },
];
