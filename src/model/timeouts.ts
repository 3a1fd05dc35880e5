/**
 * Every bound on waiting, in one place. A bound is a guard against waiting forever, never a verdict on speed:
 * each is several times what a slow machine was seen to need.
 */
export const timeouts = {
  /** One component of the local cluster answering its readiness endpoint. Seen: 2.6 s (kube-apiserver). */
  componentReadyMs: 60_000,
  /** A node of the local cluster becoming Ready. Seen: 2.1 s. */
  nodeReadyMs: 60_000,
  /** A stopped node's pods being taken out of their Services: 40 s until the node counts as lost, by default, and some. Seen: 46 s. */
  nodeLostMs: 180_000,
  /** A node that was stopped being Ready again. Seen: 20 s. */
  nodeBackMs: 120_000,
  /** A Deployment's pods all Ready, images at hand. Seen: 1.4 s for six pods. */
  rolloutMs: 120_000,
  /** A pod in a state the kubelet may still get out of by itself (ErrImagePull, Unschedulable), before that is final. */
  podStuckMs: 15_000,
  /** A namespace and all in it being gone. Bounded below by the pods' grace periods. */
  namespaceGoneMs: 60_000,
  /** An edit through the API taking effect on traffic. Traefik throttles at 2 s by default. */
  convergeMs: 60_000,
  /**
   * Routes coming right after one that was applied later is served, at the least: controllers need not apply them in order. ingress-nginx
   * looks at endpoints it has missed 3.3 s later, and tells its workers up to 1 s after that.
   */
  settleMs: 10_000,
  /** One probe: from connect to the last byte. */
  probeMs: 5_000,
  /** The probe agent answering from its place, and answering at all beyond a probe's own time-out. */
  agentMs: 30_000,
  /** One check from its first request to its verdict; one that takes longer hangs, and breaks off the run. Seen: 60 s. */
  checkMs: 600_000,
  /** A component's death becoming known, once the API was seen to be gone. */
  causeMs: 2_000,
  /** A container's end becoming known to the API, once its traffic was seen to fail: the kubelet looks once a second. */
  containerEndMs: 3_000,
  /** This process standing still, from which on no failure of the time is the controller's. */
  standstillMs: 5_000,
  /** The controller's log of a check that failed; without an answer the check is told without it. */
  controllerLogMs: 5_000,
  /** A process told to stop with SIGTERM, before SIGKILL. */
  processStopMs: 5_000,
  /** How often a run says, on a cluster that stays, that it goes on. */
  beatMs: 10_000,
  /** One request to the Kubernetes API. */
  apiRequestMs: 30_000,
  /** One command of a container engine that only looks, or takes away. Seen: 0.4 s. */
  engineMs: 30_000,
  /** kind deleting a cluster, or copying its logs. Seen: 6 s. */
  kindMs: 180_000,
  /** A watch that has heard nothing is reopened after this long. */
  watchIdleMs: 20_000,
  /** A program of the toolchain saying its version. Seen: 0.1 s. */
  versionProbeMs: 30_000,
  /** A download that brings not one byte for this long is given up. */
  downloadIdleMs: 30_000,
} as const;
