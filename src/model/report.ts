import { z } from 'zod';
import { benchmarkSchema } from './benchmark.ts';
import { levels } from './claim.ts';
import { probeFailures } from './probe.ts';

/** Named in every report. Raised when a reader of the old one would misread the new one. */
export const reportSchemaVersion = 2;

const headers = z.array(z.tuple([z.string(), z.string()])).readonly();

const probeSchema = z.object({
  vantage: z.string(),
  request: z.object({
    address: z.string(),
    port: z.number().int(),
    host: z.string().optional(),
    path: z.string().optional(),
    method: z.string().optional(),
    version: z.enum(['1.0', '1.1']).optional(),
    headers: headers.optional(),
    body: z.string().optional(),
    timeoutMs: z.number().optional(),
  }),
  outcome: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('answered'),
      status: z.number().int(),
      reason: z.string(),
      headers,
      body: z.string(),
      bodyBytes: z.number().int(),
      servedBy: z
        .object({
          backend: z.string(),
          pod: z.string(),
          namespace: z.string(),
          podAddress: z.string(),
          peerAddress: z.string(),
          port: z.number().int(),
          head: z.string(),
          headBytes: z.number().int(),
          bodyBytes: z.number().int(),
          bodySha256: z.string(),
        })
        .optional(),
    }),
    z.object({
      kind: z.literal('failed'),
      cause: z.enum(probeFailures),
      message: z.string(),
      received: z.string().optional(),
    }),
  ]),
  sentAtMs: z.number(),
  durationMs: z.number(),
  localAddress: z.string().optional(),
});

const verdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed') }),
  z.object({
    kind: z.literal('failed'),
    failure: z.object({
      expected: z.string(),
      actual: z.string(),
      curl: z.string().optional(),
      probe: probeSchema.optional(),
    }),
  }),
  z.object({ kind: z.literal('observed'), value: z.string() }),
  z.object({ kind: z.literal('unsupported'), reason: z.string() }),
  z.object({ kind: z.literal('skipped'), reason: z.string() }),
  z.object({ kind: z.literal('errored'), reason: z.string(), code: z.string().optional() }),
]);

const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string().optional(),
  log: z.string().optional(),
});

/** The one evidence file of a run; everything else is drawn from it. All times in ms, all dates ISO 8601 in UTC. */
export const reportSchema = z.object({
  schema: z.literal('ingress-assay/report'),
  version: z.literal(reportSchemaVersion),
  tool: z.object({ name: z.string(), version: z.string() }),
  run: z.object({
    startedAt: z.iso.datetime(),
    durationMs: z.number(),
    /** What was typed. */
    command: z.array(z.string()).readonly(),
    /** `completed`: every planned check was tried. `stopped`: by `--bail`. */
    ended: z.enum(['completed', 'stopped', 'interrupted', 'broken-off']),
    /** What broke it off. */
    problem: problemSchema.optional(),
    /** Where its time went: cluster, controller, checks, teardown. */
    phases: z.array(z.object({ name: z.string(), durationMs: z.number() })).readonly(),
  }),
  environment: z.object({
    os: z.string(),
    kernel: z.string(),
    cpu: z.string(),
    cores: z.number().int(),
    memoryBytes: z.number(),
    /** Tells it from others of its make; its own id cannot be had from it. Absent where the machine has none, and in older reports. */
    machine: z.string().optional(),
  }),
  /** Of everything that took part, by name. */
  versions: z.record(z.string(), z.string()),
  cluster: z
    .object({
      provider: z.string(),
      name: z.string(),
      nodes: z.array(z.object({ name: z.string(), address: z.string() })).readonly(),
      capabilities: z.array(z.string()).readonly(),
    })
    .optional(),
  controller: z.object({
    name: z.string(),
    title: z.string(),
    version: z.string(),
    homepage: z.string(),
    ingressClass: z.string(),
    /** No run of it was recorded when this one was made: its definition may be wrong where it seems to be. */
    experimental: z.literal(true).optional(),
  }),
  checks: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        level: z.enum(levels),
        requirement: z.object({ source: z.string(), text: z.string() }),
        verdict: verdictSchema,
        /** The controller's known deviation that explains a failure. */
        knownDeviation: z.object({ reason: z.string(), link: z.string() }).optional(),
        startedAt: z.iso.datetime().optional(),
        durationMs: z.number(),
        /** Figures and tables the check kept, by name. */
        evidence: z.record(z.string(), z.unknown()),
        /** What the controller's pods logged around the moment that refuted the check, oldest first; only of failures. */
        controllerLog: z.array(z.string()).readonly().optional(),
      }),
    )
    .readonly(),
  /** Where load was measured. Since version 2. */
  benchmark: benchmarkSchema.optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type CheckReport = Report['checks'][number];
