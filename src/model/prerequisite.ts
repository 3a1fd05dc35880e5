/** Something a part of the harness needs of the machine and cannot bring itself, such as user namespaces. */
export interface Prerequisite {
  readonly name: string;
  readonly neededFor: string;
  /** Looks; changes nothing. */
  check(): Promise<PrerequisiteState>;
}

export type PrerequisiteState =
  | { readonly kind: 'met'; readonly detail: string }
  | { readonly kind: 'unmet'; readonly reason: string; readonly next: string };

/** Something a pod may ask for, and whether a cluster's runtime honours it. */
export interface PodFeature {
  /** As the pod's manifest spells it: `securityContext.runAsUser`. */
  readonly feature: string;
  readonly supported: boolean;
  /** What happens: where it is not supported, whether the pod is refused or runs without. */
  readonly note: string;
}
