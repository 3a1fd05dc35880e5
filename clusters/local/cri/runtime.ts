import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addressPool } from './addresses.ts';
import { run } from './command.ts';
import { execArgv } from './exec.ts';
import { makeHostTree } from './host-tree.ts';
import { imageService } from './image-service.ts';
import { type Pods, pods } from './pods.ts';
import { runtimeService } from './runtime-service.ts';
import { serve } from './server.ts';
import type { Unsupported } from './unsupported.ts';

/** A program of this machine that an image name stands for. */
export interface Image {
  /** The name the store finds it by as well. */
  readonly name: string;
  readonly entrypoint: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Host folders bound read-only into a container's tree so that the entrypoint works. */
  readonly folders: readonly string[];
}

/** What image names stand for. `pull` throws an AssayError `image-not-found` for a name that stands for nothing. */
export interface ImageStore {
  find(ref: string): Image | undefined;
  pull(ref: string, report: (detail: string) => void): Promise<Image>;
  list(): readonly Image[];
}

export interface RuntimeOptions {
  /** Path of the UNIX socket to serve the CRI on. */
  readonly socket: string;
  /** For the runtime's own files; removed with it. */
  readonly folder: string;
  /** Addresses of this node's pods, such as `10.244.0.0/24`; the first is the node's own. */
  readonly podCidr: string;
  readonly nodeAddress: string;
  readonly images: ImageStore;
  /** Told once per pod and feature when a pod asks for what the runtime lacks and runs without. */
  readonly onUnsupported?: (pod: PodName, unsupported: Unsupported) => void;
  /** Told how the bringing of an image goes. */
  readonly onPull?: (image: string, detail: string) => void;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** A CRI runtime for which a container is a process of this machine. Disposing it ends every pod. */
export interface Runtime extends AsyncDisposable {
  /**
   * The argv that runs `argv` inside a running container of that pod (its first where none is named) with its
   * environment and working directory; to be run from this process's namespaces.
   */
  execArgv(pod: Omit<PodName, 'uid'> & { readonly container?: string }, argv: readonly string[]): readonly string[];
}

/**
 * Serves the Container Runtime Interface, version 1, on a UNIX socket. Must run inside the node's user, network and
 * mount namespaces; it makes the mounts shared, so that a container can be shown what is mounted after its start, and has
 * packets forwarded, so that pods reach one another.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const folder = (name: string): string => join(options.folder, name);
  const roots = folder('roots');
  await rm(options.socket, { force: true });
  await mkdir(roots, { recursive: true });
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
  await run('mount', ['--make-rshared', '/']);
  // Trees are mounted below a private mount, or each would appear in the node's namespace and in every other container's.
  await run('mount', ['-t', 'tmpfs', 'tmpfs', roots]);
  await run('mount', ['--make-private', roots]);
  const state: Pods = pods({
    containersFolder: folder('containers'),
    sandboxesFolder: folder('sandboxes'),
    roots,
    host: await makeHostTree(folder('skeleton')),
    addresses: addressPool(options.podCidr),
    nodeAddress: options.nodeAddress,
    onUnsupported: options.onUnsupported ?? (() => {}),
  });
  const server = await serve(options.socket, {
    RuntimeService: runtimeService(state, options),
    ImageService: imageService(options),
  });
  return {
    execArgv: (pod, argv) => execArgv(state.running(pod), argv),
    async [Symbol.asyncDispose]() {
      server.forceShutdown();
      await state[Symbol.asyncDispose]();
      await run('umount', ['--lazy', roots]);
      await rm(options.folder, { recursive: true, force: true });
    },
  };
}
