import type { Pool } from '../../controllers/reference/program/endpoints.ts';
import type { Slow } from '../slow.ts';

const delayMs = 4300;

/** As ingress-nginx does when a Service's endpoints have just missed it: its routes are in force, and it has nobody behind them. */
export default {
  name: 'endpoints-4-s-late',
  parts: (honest) => {
    let pools: ReadonlyMap<string, Pool> = new Map();
    let latest: Parameters<typeof honest.putInForce>[0] | undefined;
    return {
      putInForce: (learnt, put) => {
        latest = learnt;
        // Those of `hit` come at once, so that not all are late alike.
        const early = [...learnt.pools].filter(([, { backend }]) => backend.service?.name === 'hit');
        pools = new Map([...pools, ...early]);
        honest.putInForce({ ...learnt, pools }, put);
        setTimeout(() => {
          pools = new Map([...pools, ...learnt.pools]);
          honest.putInForce({ ...(latest ?? learnt), pools }, put);
        }, delayMs);
      },
    };
  },
} satisfies Slow;
