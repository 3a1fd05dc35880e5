import { cp, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Cluster, Place, PlacedProcess } from '../../src/model/cluster.ts';
import { environmentError } from '../../src/model/errors.ts';
import type { Toolchain } from '../../src/model/program.ts';
import { compiledModule } from '../../src/paths.ts';
import { cutOff } from './cut-off.ts';
import { announced, asClient, enter, startPlaced } from './enter.ts';
import type { GivenImages } from './given-images.ts';
import { standIns } from './images.ts';
import type { ExecQuestion } from './inside/exec-service.ts';
import { capabilitiesOf, inside, type PlannedNode } from './plan.ts';
import { podProcesses } from './pod-processes.ts';

/** What is known of a cluster that runs, whoever owns it. Plain data. */
export interface ClusterFacts {
  readonly name: string;
  readonly nodes: readonly PlannedNode[];
  /** Images that stand for a program of the user's: its path, by the reference. */
  readonly images: GivenImages;
  readonly versions: Readonly<Record<string, string>>;
  readonly kubeconfig: string;
  readonly apiPort: number;
  /** The process whose namespaces are the cluster's. */
  readonly pid: number;
  readonly logFolder: string;
}

/** How long a cluster lives, and what giving it up means. */
export interface Lifetime {
  readonly failed: AbortSignal;
  readonly end: () => Promise<void>;
}

/** The cluster as the rest of the harness sees it. */
export const clusterOf = (facts: ClusterFacts, { failed, end }: Lifetime, toolchain: Toolchain): Cluster => ({
  provider: 'local',
  name: facts.name,
  kubeconfig: facts.kubeconfig,
  nodes: facts.nodes.map(({ name, address }, index) => ({
    name,
    address,
    ...(index === 0 && { controlPlane: true as const }),
  })),
  capabilities: capabilitiesOf(facts.nodes.length),
  versions: facts.versions,
  failed,
  start: (place, argv) => startAt(facts, place, argv),
  stopNode: (name) => cutOff(facts, name),
  ...podProcesses((place, argv) => startAt(facts, place, argv)),
  standIns: (images) => standIns(toolchain, facts.images, images),
  collectLogs: (folder) => collectLogs(facts, folder, failed.aborted),
  [Symbol.asyncDispose]: end,
});

/** `node` is this very Node.js, wherever it lies: every place has it at the same path. */
const withNode = ([program = '', ...args]: readonly string[]): readonly string[] => [
  program === 'node' ? process.execPath : program,
  ...args,
];

async function startAt(facts: ClusterFacts, place: Place, command: readonly string[]): Promise<PlacedProcess> {
  const argv = announced(withNode(command));
  if (place.kind === 'external') return startPlaced(enter(facts.pid, asClient(argv)));
  const question: ExecQuestion = { pod: place, argv };
  const sockets = facts.nodes.map(({ name }) => inside.execSocket(name));
  const program = compiledModule('clusters/local/inside/find-exec.ts');
  await using finder = await startPlaced(
    enter(facts.pid, announced([process.execPath, program, JSON.stringify(question), ...sockets])),
  );
  const [said, problem, { code }] = await Promise.all([text(finder.stdout), text(finder.stderr), finder.exited]);
  if (code !== 0)
    throw environmentError(
      'program-not-placed',
      `nothing can be started in pod ${place.namespace}/${place.name}: ${said || problem}`,
      {
        next: `kubectl -n ${place.namespace} describe pod ${place.name}`,
      },
    );
  return startPlaced(enter(facts.pid, JSON.parse(said)));
}

/** Components' logs and, from the cluster's memory, those of its pods. A cluster that ended by itself saved them before. */
async function collectLogs(facts: ClusterFacts, folder: string, ended: boolean): Promise<readonly string[]> {
  if (!ended) {
    const pods = join(facts.logFolder, 'pods');
    await mkdir(pods, { recursive: true });
    await using copy = await startPlaced(enter(facts.pid, announced(['cp', '-rLT', inside.podLogs, pods])));
    await copy.exited;
  }
  if (resolve(folder) !== resolve(facts.logFolder)) await cp(facts.logFolder, folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
