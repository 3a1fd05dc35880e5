/** An edit through the API, as far as the API is concerned. */
export interface Change {
  /** When the first request went out, in ms since the epoch. */
  readonly requestedAtMs: number;
  /** When the API server had answered the last one: the zero of reconfiguration latency. */
  readonly answeredAtMs: number;
}
