import { expect } from 'chai';
import { curvesOf } from '../../../reporters/html/curves.ts';
import { fullReport } from './full-report.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

describe('the latency curves of a page', () => {
  const benchmark = sampleBenchmark({ times: 500 });
  const points = benchmark.scenarios.flatMap(({ id, points }) => points.map((point) => ({ id, point })));
  const atRate = points.filter(({ point }) => point.rateRps !== undefined);

  it('are drawn of loads at a rate alone: under saturation a request waits for the one before it', async () => {
    const timed = structuredClone(benchmark);
    const latency = atRate[0]?.point.runs[0]?.result.latency;
    for (const { points } of timed.scenarios)
      for (const { runs } of points) for (const { result } of runs) Object.assign(result, { latency });
    const curves = curvesOf(await fullReport({ benchmark: timed }));
    const drawn = Object.entries(curves).flatMap(([id, own]) => Object.keys(own).map((name) => `${id} ${name}`));
    expect(drawn).to.have.members(atRate.map(({ id, point }) => `${id} ${point.name}`));
  });

  it('are void where their figures are, though some runs may be believed, and are then of every run', async () => {
    const { id, point } = atRate[0] as (typeof atRate)[number];
    const curveWhere = async (reason: string | undefined) => {
      const changed = structuredClone(benchmark);
      const own = changed.scenarios
        .find((scenario) => scenario.id === id)
        ?.points.find(({ name }) => name === point.name);
      own?.runs.forEach(({ guards }, index) => {
        Object.assign(guards[0] as object, { held: index % 5 === 0 });
      });
      for (const figure of own?.figures ?? []) Object.assign(figure, { void: reason });
      return curvesOf(await fullReport({ benchmark: changed }))[id]?.[point.name]?.find(({ side }) => side === 'a');
    };
    const [usable, spoilt] = [await curveWhere(undefined), await curveWhere('send lag in 8 of 10 runs')];
    expect(usable?.void).to.equal(undefined);
    expect(spoilt?.void).to.equal('send lag in 8 of 10 runs');
    expect(spoilt?.count).to.be.greaterThan(2 * (usable?.count ?? Number.NaN));
  });
});
