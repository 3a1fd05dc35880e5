import type { ProbeRecord } from '../model/probe.ts';

/**
 * The record as a check in this namespace sees it: a back-end of another namespace is a stranger, though it may have the name of one of
 * its own, and is called `hit of <namespace>`.
 */
export function namingStrangers(record: ProbeRecord, namespace: string): ProbeRecord {
  const { outcome } = record;
  if (outcome.kind === 'failed' || outcome.servedBy === undefined || outcome.servedBy.namespace === namespace)
    return record;
  const { servedBy } = outcome;
  const backend = `${servedBy.backend} of ${servedBy.namespace || 'no namespace'}`;
  return { ...record, outcome: { ...outcome, servedBy: { ...servedBy, backend } } };
}
