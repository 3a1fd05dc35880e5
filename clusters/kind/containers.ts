import type { ClusterNode } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import { timeouts } from '../../src/model/timeouts.ts';
import { engineOf, run } from './engine.ts';
import { explained } from './explain.ts';

/** A node of a kind cluster, as the engine sees it. */
export interface NodeContainer extends ClusterNode {
  readonly id: string;
  readonly role: string;
  /** `running`, `exited`, … */
  readonly state: string;
  readonly image: string;
  /** The engine's network it is on. */
  readonly network: string;
}

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  /** Of nerdctl's own the image is beside it. */
  readonly Config: { readonly Labels: Readonly<Record<string, string>>; readonly Image?: string };
  readonly Image?: string;
  readonly State: { readonly Status: string };
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

/** Runs the container engine's command and returns what it printed; anything but success, silence too, is an explained error. */
export async function engine(args: readonly string[], timeoutMs: number = timeouts.engineMs): Promise<string> {
  const command = [engineOf(), ...args];
  const { code, stdout, stderr } = await run(command, { timeoutMs });
  if (code === 0) return stdout;
  const what = command.slice(0, 3).join(' ');
  if (code !== null) throw explained(what, stderr);
  throw environmentError('engine-silent', `${what} did not end within ${timeoutMs / 1000} s`, {
    next: `see whether ${engineOf()} info answers, and start the engine anew if it does not`,
  });
}

/** By what the Docker engine that answers is known among others; nothing of other engines. */
export const engineId = async (): Promise<string | undefined> =>
  engineOf() === 'docker' ? (await engine(['info', '--format', '{{.ID}}'])).trim() : undefined;

/** The node containers of the kind cluster of that name, control planes first; none where there is no such cluster. */
export async function nodeContainers(kindName: string): Promise<readonly NodeContainer[]> {
  const label = `label=io.x-k8s.kind.cluster=${kindName}`;
  const ids = (await engine(['ps', '--all', '--no-trunc', '--quiet', '--filter', label])).split('\n').filter(Boolean);
  // One at a time: of several nerdctl prints a list each.
  const inspected = await Promise.all(
    ids.map(async (id): Promise<readonly Inspected[]> => JSON.parse(await engine(['inspect', id]))),
  );
  return inspected
    .flat()
    .map(({ Id, Name, Config, Image, State, NetworkSettings }) => {
      const [listed = '', { IPAddress = '' } = {}] = Object.entries(NetworkSettings.Networks)[0] ?? [];
      // nerdctl lists networks by the interface, and has their names in a label.
      const [network = listed]: string[] = JSON.parse(Config.Labels['nerdctl/networks'] ?? '[]');
      const role = Config.Labels['io.x-k8s.kind.role'] ?? '';
      const name = Name.replace(/^\//, '');
      return {
        id: Id,
        name,
        role,
        state: State.Status,
        image: Config.Image ?? Image ?? '',
        network,
        address: IPAddress,
      };
    })
    .filter(({ role }) => role === 'control-plane' || role === 'worker')
    .sort((a, b) => (a.role + a.name < b.role + b.name ? -1 : 1));
}
