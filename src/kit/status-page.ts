import type { Place } from '../model/cluster.ts';
import type { ProbeRequest } from '../model/probe.ts';
import { curlOf } from './curl.ts';
import { type Attempt, eventually } from './eventually.ts';
import type { Kit } from './kit.ts';

/** Waits until a request is answered by the controller's own status page, as its definition recognises it, and records which was. */
export async function expectStatusPage(kit: Kit, place: Place, request: Omit<ProbeRequest, 'path'>): Promise<void> {
  const { status } = kit.controller.definition;
  if (status === undefined) throw new Error(`${kit.controller.definition.name} declares no status page`);
  const shown = await eventually('the status page', async (): Promise<Attempt<string>> => {
    const probe = await kit.probe(place, { ...request, path: status.path });
    if (status.isStatusPage(probe)) return { done: curlOf(probe) };
    const { outcome } = probe;
    return { seen: outcome.kind === 'answered' ? `status ${outcome.status}` : outcome.message, probe };
  });
  kit.record(`status page, from ${place.kind}`, shown);
}
