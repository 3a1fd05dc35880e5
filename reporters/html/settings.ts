import type { Member, Setting } from './page-data.ts';

const gib = (bytes: number): string => `${Number((bytes / 1024 ** 3).toPrecision(2))} GiB`;

/** What figures depend on beside the controller. Kubernetes' own version is not part of it: it is what a matrix varies. */
function detailsOf({ report, schemaVersion }: Member): Setting['details'] {
  const { environment, cluster, tool, benchmark } = report;
  return [
    ['cpu', `${environment.cores} × ${environment.cpu}`],
    ['memory', gib(environment.memoryBytes)],
    ['system', `${environment.os}, kernel ${environment.kernel}`],
    ['cluster', cluster?.provider ?? 'none'],
    ['schema', `version ${schemaVersion}`],
    ['tool', `${tool.name} ${tool.version}`],
    ...(benchmark
      ? ([['load', `profile ${benchmark.profile}, ${benchmark.placement.pinned ? 'pinned' : 'not pinned'}`]] as const)
      : []),
  ];
}

/** Reports by setting, in the order in which they were given. */
export function settingsOf(members: readonly Member[]): readonly Setting[] {
  const groups = new Map<string, { details: Setting['details']; members: Member[] }>();
  for (const member of members) {
    // What a report without load has to say of the load's setting keeps it apart from none.
    const details = detailsOf(member);
    const key = JSON.stringify(details.filter(([name]) => name !== 'load'));
    const group = groups.get(key) ?? { details, members: [] };
    group.members.push(member);
    groups.set(key, group);
  }
  const all = [...groups.values()];
  return all.map(({ details, members: some }, index) => ({
    title: titleOf(details, all.length > 1 ? String.fromCharCode(65 + (index % 26)) : undefined),
    details,
    members: some,
  }));
}

/** `A: 2 × Example CPU, 8 GiB, local cluster`. */
function titleOf(details: Setting['details'], letter: string | undefined): string {
  const of = (name: string) => details.find(([one]) => one === name)?.[1] ?? '';
  const text = `${of('cpu')}, ${of('memory')}, ${of('cluster')} cluster, schema ${of('schema')}`;
  return letter === undefined ? text : `${letter}: ${text}`;
}
