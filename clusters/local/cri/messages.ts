/** The messages of runtime.proto as the loader gives them: 64-bit numbers as strings, enums by name. */
export interface NamespaceOptions {
  readonly network: NamespaceMode;
  readonly pid: NamespaceMode;
  readonly ipc: NamespaceMode;
  readonly userns_options: { readonly mode: NamespaceMode } | null;
}
export type NamespaceMode = 'POD' | 'CONTAINER' | 'NODE' | 'TARGET';

export interface SandboxConfig {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly namespace: string;
    readonly attempt: number;
  };
  readonly hostname: string;
  readonly log_directory: string;
  readonly dns_config: {
    readonly servers: readonly string[];
    readonly searches: readonly string[];
    readonly options: readonly string[];
  } | null;
  readonly port_mappings: readonly { readonly container_port: number; readonly host_port: number }[];
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly linux: {
    readonly security_context: { readonly namespace_options: NamespaceOptions | null } | null;
    readonly sysctls: Labels;
  } | null;
}

export type Labels = Readonly<Record<string, string>>;

export interface Mount {
  readonly container_path: string;
  readonly host_path: string;
  readonly readonly: boolean;
  readonly propagation: 'PROPAGATION_PRIVATE' | 'PROPAGATION_HOST_TO_CONTAINER' | 'PROPAGATION_BIDIRECTIONAL';
  readonly recursive_read_only: boolean;
  readonly image: ImageSpec | null;
}

export interface ImageSpec {
  readonly image: string;
  readonly user_specified_image?: string;
}

export interface Resources {
  readonly cpu_quota: string;
  readonly memory_limit_in_bytes: string;
  readonly hugepage_limits: readonly { readonly page_size: string; readonly limit: string }[];
}

export interface SecurityContext {
  readonly capabilities: {
    readonly add_capabilities: readonly string[];
    readonly drop_capabilities: readonly string[];
  } | null;
  readonly privileged: boolean;
  readonly namespace_options: NamespaceOptions | null;
  readonly selinux_options: { readonly type: string; readonly level: string } | null;
  readonly run_as_user: { readonly value: string } | null;
  readonly run_as_username: string;
  readonly run_as_group: { readonly value: string } | null;
  readonly supplemental_groups: readonly string[];
  readonly readonly_rootfs: boolean;
  readonly no_new_privs: boolean;
  readonly seccomp: { readonly profile_type: string; readonly localhost_ref: string } | null;
  readonly apparmor: { readonly profile_type: string; readonly localhost_ref: string } | null;
}

export interface ContainerConfig {
  readonly metadata: { readonly name: string; readonly attempt: number };
  readonly image: ImageSpec;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly working_dir: string;
  readonly envs: readonly { readonly key: string; readonly value: Buffer }[];
  readonly mounts: readonly Mount[];
  readonly devices: readonly { readonly container_path: string; readonly host_path: string }[];
  readonly CDI_devices: readonly { readonly name: string }[];
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly log_path: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly linux: { readonly resources: Resources | null; readonly security_context: SecurityContext | null } | null;
  readonly stop_signal: string;
}
