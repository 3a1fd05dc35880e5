import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Configuration, nothing } from '../../controllers/reference/program/configuration.ts';
import { keyOf } from '../../controllers/reference/program/endpoints.ts';
import { type Parts, parts } from '../../controllers/reference/program/parts.ts';
import { createProxy } from '../../controllers/reference/program/proxy.ts';
import type { Route } from '../../controllers/reference/program/route-table.ts';
import { serverOf } from '../../controllers/reference/program/server.ts';
import { sendProbe } from '../../src/kit/agent/send-probe.ts';
import { confirmationsAfter, converge } from '../../src/kit/converge.ts';
import type { Mutant } from '../mutant.ts';
import { readMutants } from '../read-mutants.ts';

// How often a mutant that is wrong now and then gets through a table, against the confidence of 0.99 that is stated:
//   node dist/test/benchmarks/confidence.js
// The mutant's own proxy, on loopback, before two back-ends; each run is a table of one row at the rate the mutant is wrong at.

const runs = 200;
const timeoutMs = 2_000;
const never = new AbortController().signal;
const rates: Readonly<Record<string, number>> = {
  'one-in-twenty-from-a-wrong-back-end': 0.05,
  'one-in-200-from-a-wrong-back-end': 0.005,
};

/** A back-end that signs with its name. */
async function backend(name: string) {
  const server = createServer((socket) =>
    socket
      .on('data', () => socket.end(`HTTP/1.1 200 OK\r\nX-Assay-Backend: ${name}\r\nContent-Length: 0\r\n\r\n`))
      .on('error', () => {}),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { name, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

const hosts = ['one.example', 'two.example'];
const names = ['hit', 'miss'];
const backends = await Promise.all(names.map(backend));

/** Each host to its back-end. */
const configuration: Configuration = {
  ...nothing,
  table: {
    routes: backends.map(
      ({ name }, index): Route => ({
        host: hosts[index],
        path: '/',
        pathType: 'Prefix',
        backend: { namespace: 'shop', service: { name, port: { number: 80 } } },
      }),
    ),
    fallbacks: [],
  },
  pools: new Map(
    backends.map(({ name, port }) => {
      const own = { namespace: 'shop', service: { name, port: { number: 80 } } };
      return [keyOf(own), { backend: own, members: [{ address: '127.0.0.1', port }] }];
    }),
  ),
};

/** How many of the runs end without a wrong answer being held against the mutant. */
async function survivals({ fault }: Mutant, faultRate: number): Promise<number> {
  const faulty: Parts = { ...parts, ...fault?.(parts) };
  const server = serverOf(createProxy(() => configuration, faulty)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = async ({ host }: { readonly host?: string | null }) => {
    const request = { address: '127.0.0.1', port, host: host ?? undefined, timeoutMs };
    return { vantage: 'external', request, ...(await sendProbe(request)) };
  };
  // The second host: what is wrong goes to the first route.
  const row = { host: hosts[1] ?? '', servedBy: names[1] ?? '' };
  let passed = 0;
  for (let run = 0; run < runs; run++) {
    await converge([row], { timeoutMs, faultRate, inForce: true }, send, never).then(
      () => {
        passed += 1;
      },
      () => {},
    );
  }
  server.close();
  return passed;
}

for (const mutant of await readMutants(Object.keys(rates))) {
  const rate = rates[mutant.name] ?? 0;
  const passed = await survivals(mutant, rate);
  const wanted = confirmationsAfter(0, 0.99, rate);
  console.log(`${mutant.name}: ${passed} of ${runs} runs passed (stated: at most 1 %), ${wanted} right answers each`);
}
for (const { close } of backends) close();
