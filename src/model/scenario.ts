/** How much of a benchmark is tried, from the briefest; each has all that those before it have. */
export const profiles = ['smoke', 'standard', 'publish'] as const;
export type Profile = (typeof profiles)[number];

/** What goes up and comes down with each request, in bytes of body. */
export interface Exchange {
  readonly upBytes: number;
  readonly downBytes: number;
}

/** How hard a point is pressed. A share is one of the capacity that the run has measured, of the slower side where there are two. */
export type PointLoad =
  | { readonly kind: 'saturation' }
  | { readonly kind: 'share'; readonly ofCapacity: number }
  | { readonly kind: 'rate'; readonly rateRps: number };

/** One load against one request, measured as often as the run has runs, each side in its turn. */
export interface ScenarioPoint {
  /** `64 connections`, `50 % of capacity`. */
  readonly name: string;
  /** The briefest profile that tries it. */
  readonly profile: Profile;
  readonly load: PointLoad;
  readonly connections: number;
  /** Nothing up and a few bytes down where absent. */
  readonly exchange?: Exchange;
  /** A new connection for every request. */
  readonly fresh?: true;
  readonly tls?: true;
  /** HTTP/2 over TLS, with so many requests at once on each connection. */
  readonly h2?: { readonly streams: number };
  /** So many Ingresses, each with a host of its own, are there meanwhile, and this one of their routes is asked. */
  readonly routes?: { readonly count: number; readonly ask: 'first' | 'last' };
}

/** One benchmark; the default export of each file `suites/benchmark/<scenario>.ts`. */
export interface Scenario {
  /** `benchmark/<scenario>`, equal to its path below `suites/`. */
  readonly id: string;
  readonly title: string;
  /** Which makes the load unless told otherwise; named as its folder in `load/`. */
  readonly engine: string;
  /** Which finds the capacity that shares are taken of, where another than `engine` does. */
  readonly capacityBy?: string;
  readonly points: readonly ScenarioPoint[];
}

/** Types a scenario and fixes its shape. */
export const defineScenario = (scenario: Scenario): Scenario => Object.freeze(scenario);
