import type { Place } from '../model/cluster.ts';
import type { ProbeRequest } from '../model/probe.ts';
import { curlOf } from './curl.ts';
import { type Attempt, eventually } from './eventually.ts';
import type { Kit } from './kit.ts';

/** Waits until a request is answered by the controller's own status page, as its definition recognises it. */
export async function expectStatusPage(kit: Kit, place: Place, request: Omit<ProbeRequest, 'path'>): Promise<void> {
  const { status } = kit.controller.definition;
  if (status === undefined) throw new Error(`${kit.controller.definition.name} declares no status page`);
  await eventually('the status page', async (): Promise<Attempt<true>> => {
    const record = await kit.probe(place, { ...request, path: status.path });
    if (status.isStatusPage(record)) return { done: true };
    const { outcome } = record;
    return { seen: `${outcome.kind === 'answered' ? outcome.status : outcome.message} for ${curlOf(record)}` };
  });
}
