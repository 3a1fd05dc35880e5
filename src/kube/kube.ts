import type { Edit, KubernetesObject, ObjectRef } from '../model/kubernetes.ts';

/** The Kubernetes API as the harness uses it. Every call has a time-out and an error that names the object. */
export interface Kube {
  /** The objects as they go into a namespace: what belongs to one and names none gets it, by what the API says of its kind. */
  inNamespace(objects: readonly KubernetesObject[], namespace: string): Promise<readonly KubernetesObject[]>;
  /** Server-side apply, in the order an API needs (namespaces and CRDs first, workloads last). */
  apply(objects: readonly KubernetesObject[]): Promise<void>;
  /** Makes an object that is not there yet; one of that name, whoever made it and when, is an environment error, `object-exists`. */
  create(object: KubernetesObject): Promise<void>;
  get(ref: ObjectRef): Promise<KubernetesObject | undefined>;
  list(
    kind: { readonly apiVersion: string; readonly kind: string },
    where?: ListWhere,
  ): Promise<readonly KubernetesObject[]>;
  /** JSON merge patches, one after the other. */
  patch(edits: readonly Edit[]): Promise<void>;
  /** Deletes; an object already gone is no error. With `wait`, returns once it is gone; a pod gets `graceSeconds`, or its own. */
  remove(
    refs: readonly ObjectRef[],
    options?: { readonly wait?: boolean; readonly graceSeconds?: number },
  ): Promise<void>;
  /**
   * Resolves with what `ready` returns of the objects of one kind, told anew at each change. What `ready` throws ends the wait.
   * On time-out throws an environment error that says what was waited for, and what there is. The only way to wait for an object.
   */
  waitFor<T>(
    kind: { readonly apiVersion: string; readonly kind: string },
    where: ListWhere,
    ready: (objects: readonly KubernetesObject[]) => T | undefined,
    what: string,
    timeoutMs?: number,
  ): Promise<T>;
  /** Waits until the workloads, Deployments unless told otherwise, are rolled out; a pod that cannot start is named with its reason, image and last event. */
  rollout(
    namespace: string,
    names: readonly string[],
    options?: { readonly kind?: WorkloadKind; readonly timeoutMs?: number },
  ): Promise<void>;
  /** Those of these actions that the kubeconfig's user may not take. Of kinds that the API does not know nothing is said. */
  forbidden(actions: readonly Action[]): Promise<readonly Refused[]>;
  /**
   * The last lines of a pod's log, or those since a time in ms since the epoch; `previous` for the container before its restart. With
   * `timestamps` each begins with the time at which it was logged.
   */
  logs(
    pod: { readonly namespace: string; readonly name: string; readonly container?: string },
    options?: {
      readonly tailLines?: number;
      readonly previous?: boolean;
      readonly sinceMs?: number;
      readonly timestamps?: boolean;
    },
  ): Promise<string>;
}

/** What keeps pods running. */
export type WorkloadKind = 'Deployment' | 'DaemonSet' | 'StatefulSet';

/** What somebody may or may not do, as authorization has it. */
export interface Action {
  readonly verb: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** `exec`, `log`, `status`. */
  readonly subresource?: string;
  /** Where, for a kind that has namespaces. */
  readonly namespace: string;
}

/** A verb that is refused, on a resource as a Role names it: `pods/exec`, `ingresses.networking.k8s.io`. */
export interface Refused {
  readonly verb: string;
  readonly resource: string;
}

export interface ListWhere {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
}
