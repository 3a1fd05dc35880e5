import { usageError } from '../model/errors.ts';
import { betaQuantile } from './beta.ts';
import type { Interval } from './interval.ts';

/** The share of requests that failed, with the exact bounds of Clopper and Pearson; throws `bad-sample` where none were made. */
export function failureRate(failures: number, requests: number, level = 0.95): Interval {
  if (!(requests > 0 && failures >= 0 && failures <= requests))
    throw usageError('bad-sample', `${failures} failures of ${requests} requests have no rate`);
  const rest = (1 - level) / 2;
  return {
    estimate: failures / requests,
    lower: failures === 0 ? 0 : betaQuantile(rest, failures, requests - failures + 1),
    upper: failures === requests ? 1 : betaQuantile(1 - rest, failures + 1, requests - failures),
    level,
  };
}

type Rounding = 'down' | 'up' | 'near';

/** A share above 0 and below 1 as a percentage of two figures that count, so that it never reads 0 % nor 100 %. */
export function percent(share: number, rounding: Rounding = 'near'): string {
  const nearer = Math.min(share, 1 - share) * 100;
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(nearer)));
  const falls = share <= 0.5 ? rounding === 'down' : rounding === 'up';
  const round = rounding === 'near' ? Math.round : falls ? Math.floor : Math.ceil;
  const rounded = round(nearer * 10 ** decimals) / 10 ** decimals;
  return `${(share <= 0.5 ? rounded : 100 - rounded).toFixed(decimals)} %`;
}

const grouped = (count: number): string => count.toLocaleString('en-US');

/** A failure rate to be read: how many of how many, and the bounds, rounded away from each other. */
export function failureRateText(failures: number, requests: number, level = 0.95): string {
  if (requests === 0) return 'no requests';
  const { estimate, lower, upper } = failureRate(failures, requests, level);
  const sure = `${level * 100} % sure`;
  if (failures === 0) return `none of ${grouped(requests)} (${sure}: below ${percent(upper, 'up')})`;
  if (failures === requests) return `all of ${grouped(requests)} (${sure}: above ${percent(lower, 'down')})`;
  const bounds = `${percent(lower, 'down')} to ${percent(upper, 'up')}`;
  return `${grouped(failures)} of ${grouped(requests)}: ${percent(estimate)} (${sure}: ${bounds})`;
}
