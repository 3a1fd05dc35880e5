import { z } from 'zod';
import { loadResultSchema } from './load.ts';

/** Whose figure it is: the back-ends asked directly, the controller under test, or the one it is held against. */
export const benchmarkSides = ['direct', 'a', 'b'] as const;
export type BenchmarkSide = (typeof benchmarkSides)[number];

/** Whether a run may be believed, in one respect. */
const guardSchema = z.object({
  /** `generator-cpu`, `send-lag`, … */
  name: z.string(),
  held: z.boolean(),
  /** What was seen and what would have been allowed: `send lag p99 0.31 ms, at most 1 ms`. */
  text: z.string(),
});
export type Guard = z.infer<typeof guardSchema>;

/** One run of one engine at one point. */
const runSchema = z.object({
  side: z.enum(benchmarkSides),
  startedAt: z.iso.datetime(),
  result: loadResultSchema,
  /** What the pods of that side used meanwhile; of the direct side, the back-ends'. Absent where the cluster cannot tell. */
  resources: z.object({ cpuSeconds: z.number(), peakMemoryBytes: z.number().optional() }).optional(),
  guards: z.array(guardSchema).readonly(),
});

const intervalSchema = z.object({
  estimate: z.number(),
  /** Absent where there are too few runs for a bound. */
  lower: z.number().optional(),
  upper: z.number().optional(),
  level: z.number(),
});

/** One figure of one side: a number for each run that may be believed. */
const figureSchema = z.object({
  /** `throughput`, `latency p99`, `requests per CPU-second`, … */
  name: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  side: z.enum(benchmarkSides),
  runs: z.array(z.number()).readonly(),
  /** The median of the runs, with the bounds of the sign test. */
  median: intervalSchema.optional(),
  /** Why it is not to be used: a guard was breached. A void figure is shown struck through and never compared. */
  void: z.string().optional(),
});
export type BenchmarkFigure = z.infer<typeof figureSchema>;

const pointSchema = z.object({
  /** `64 connections`, `50 % of capacity`. */
  name: z.string(),
  connections: z.number().int(),
  /** Absent under saturation. */
  rateRps: z.number().optional(),
  runs: z.array(runSchema).readonly(),
  figures: z.array(figureSchema).readonly(),
});

const scenarioSchema = z.object({
  /** `benchmark/<scenario>`, equal to its path below `suites/`. */
  id: z.string(),
  title: z.string(),
  engine: z.string(),
  points: z.array(pointSchema).readonly(),
  /** What cannot be said of it, and why: it was not tried, or broken off. */
  problem: z.string().optional(),
  /** What the scenario found beyond its points, by name: capacity, knee, times until served. */
  findings: z.record(z.string(), z.unknown()),
});

/** What the runs of two sides prove: `b` held against `a`. */
const comparisonSchema = z.object({
  scenario: z.string(),
  point: z.string(),
  figure: z.string(),
  verdict: z.enum(['better', 'worse', 'same', 'cannot-tell']),
  /** How many times `a` the figure of `b` is. */
  effect: intervalSchema,
  /** Neighbouring runs, ratio by ratio, by bootstrap. */
  paired: intervalSchema.optional(),
  p: z.number(),
  /** After Holm, over all comparisons of the report. */
  adjustedP: z.number(),
  sameWithin: z.number(),
  /** As a share; absent where no effect could have been seen. */
  smallestEffect: z.number().optional(),
});

/** What a benchmark measured; the controller of the report is side `a`. */
export const benchmarkSchema = z.object({
  profile: z.string(),
  seed: z.number().int(),
  runsPerSide: z.number().int(),
  /** Side `b`. */
  against: z
    .object({ name: z.string(), title: z.string(), version: z.string(), experimental: z.literal(true).optional() })
    .optional(),
  /** How generator, controller and back-ends shared the CPUs. */
  placement: z.object({ pinned: z.boolean(), text: z.string() }),
  /** What held for every figure, a sentence each: the road of the load, what the controllers were told. */
  conditions: z.array(z.string()).readonly().optional(),
  /** How far apart a thing comes out from itself here, where that was measured: no difference within it is called one. */
  noiseFloor: z.object({ share: z.number(), comparisons: z.number().int() }).optional(),
  scenarios: z.array(scenarioSchema).readonly(),
  comparisons: z.array(comparisonSchema).readonly(),
});
export type Benchmark = z.infer<typeof benchmarkSchema>;
