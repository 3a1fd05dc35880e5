import type { Place } from '../model/cluster.ts';

/** How records, errors and logs call a place: `external`, or `pod default/net-test`. */
export const vantageOf = (place: Place): string =>
  place.kind === 'external' ? 'external' : `pod ${place.namespace}/${place.name}`;
