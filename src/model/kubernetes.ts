/** A Kubernetes object as it stands in a manifest: what the API takes and gives, typed only as far as all share. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  // biome-ignore lint/suspicious/noExplicitAny: every kind has its own shape
  readonly [field: string]: any;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: the API knows more than we use
  readonly [field: string]: any;
}

/** Names one object of the API. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** An edit of one object: a JSON merge patch (RFC 7386). */
export interface Edit {
  readonly object: ObjectRef;
  /** The part of the object that has a way in of its own. */
  readonly subresource?: 'status';
  readonly patch: unknown;
}

/** Every namespace and cluster-wide object the harness makes carries this label: what has it may be removed. */
export const ownedLabel = 'ingress-assay.dev/owned';
