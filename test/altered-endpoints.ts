import type { EndpointSlice, View } from '../controllers/reference/program/objects.ts';

type Endpoint = NonNullable<EndpointSlice['endpoints']>[number];

/** The view with other endpoints in its slices: what a controller that misreads them takes for true. */
export const withEndpoints = (view: View, alter: (endpoint: Endpoint) => Endpoint): View => ({
  ...view,
  slices: view.slices.map((slice) => ({ ...slice, endpoints: (slice.endpoints ?? []).map(alter) })),
});
