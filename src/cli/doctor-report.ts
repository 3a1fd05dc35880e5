import type { Availability, ClusterHost } from '../model/cluster.ts';
import { messageOf } from '../model/errors.ts';
import type { PodFeature, Prerequisite, PrerequisiteState } from '../model/prerequisite.ts';
import { readClusterProviders } from '../run/catalogue.ts';
import { inspectToolchain, type ToolchainReport } from '../toolchain/inspect.ts';
import { toolchainPrerequisites } from '../toolchain/prerequisites.ts';

/** All that doctor knows of this machine. */
export interface DoctorReport extends ToolchainReport {
  readonly prerequisites: readonly {
    readonly name: string;
    readonly neededFor: string;
    readonly state: PrerequisiteState;
  }[];
  readonly clusters: readonly {
    readonly name: string;
    readonly summary: string;
    readonly availability: Availability;
    readonly podFeatures: readonly PodFeature[];
  }[];
}

/** Looks at programs, machine and cluster providers; changes nothing. */
export async function examine(host: ClusterHost): Promise<DoctorReport> {
  const providers = await readClusterProviders();
  const asked = [...toolchainPrerequisites, ...providers.flatMap(({ prerequisites = [] }) => prerequisites)];
  const [toolchain, prerequisites, clusters] = await Promise.all([
    inspectToolchain(),
    Promise.all(
      oncePerName(asked).map(async ({ name, neededFor, check }) => ({ name, neededFor, state: await check() })),
    ),
    Promise.all(
      providers.map(async (provider) => {
        const { name, summary, podFeatures = [] } = provider;
        const availability = await provider.available(host).catch(
          (error: unknown): Availability => ({
            kind: 'unavailable',
            reason: messageOf(error),
            next: `ingress-assay doctor --verbose`,
          }),
        );
        return { name, summary, availability, podFeatures };
      }),
    ),
  ]);
  return { ...toolchain, prerequisites, clusters };
}

const oncePerName = (prerequisites: readonly Prerequisite[]): readonly Prerequisite[] =>
  prerequisites.filter(({ name }, index) => prerequisites.findIndex((other) => other.name === name) === index);
