/** What this controller reads of the Kubernetes API, as far as it reads it. */
export interface KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** Who wrote which of its fields. */
    readonly managedFields?: readonly { readonly manager?: string; readonly subresource?: string }[];
  };
}

export interface IngressClass extends KubeObject {
  readonly spec: { readonly controller?: string };
}

export interface Ingress extends KubeObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths: readonly IngressPath[] };
    }[];
  };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly Address[] } };
}

/** Where clients reach what an Ingress describes. */
export interface Address {
  readonly ip?: string;
  readonly hostname?: string;
}

export interface IngressPath {
  readonly path?: string;
  readonly pathType: 'Exact' | 'Prefix' | 'ImplementationSpecific';
  readonly backend: IngressBackend;
}

/** A back-end that is no Service (`resource`) is one without: it is answered with 503. */
export interface IngressBackend {
  readonly service?: { readonly name: string; readonly port: ServicePortName };
}

/** A port of a Service, by its number or by its name. */
export interface ServicePortName {
  readonly number?: number;
  readonly name?: string;
}

export interface Service extends KubeObject {
  readonly spec: {
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number }[];
  };
}

export interface EndpointSlice extends KubeObject {
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean };
  }[];
}

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** All that is known of the cluster at one moment. */
export interface View {
  readonly ingresses: readonly Ingress[];
  readonly classes: readonly IngressClass[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly settings: readonly ConfigMap[];
}
