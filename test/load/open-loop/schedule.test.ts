import { expect } from 'chai';
import { plan } from '../../../load/open-loop/plan.ts';
import { schedule } from '../../../load/open-loop/schedule.ts';
import type { LoadOrder } from '../../../src/model/load.ts';
import { orderFor, targetAt } from './carry-out.ts';

/** The times of a whole order, as its lanes have them, until so many µs. */
function timesOf(order: LoadOrder, untilUs: number): readonly number[] {
  const { shape } = order;
  if (shape.kind !== 'rate') return [];
  const lanes = plan(order).flat();
  const times = lanes.flatMap(({ share, phase, seed }) => {
    const next = schedule({ ...shape, rateRps: shape.rateRps * share, phase, seed });
    const own: number[] = [];
    for (let us = next(); us < untilUs; us = next()) own.push(us);
    return own;
  });
  return times.sort((a, b) => a - b);
}

const hosts = (count: number) =>
  Array.from({ length: count }, (_, index) => targetAt(80, { host: `${index}.example`, tls: true }));
const second = 1_000_000;

describe('the schedule of a load', () => {
  it('has even gaps, however many lanes it is shared among', () => {
    const order = orderFor(hosts(4), { connections: 24, threads: 3 });
    const times = timesOf({ ...order, shape: { kind: 'rate', rateRps: 1200, arrivals: 'constant' } }, second);
    expect(times).to.have.length(1200);
    times.forEach((us, index) => {
      expect(us).to.be.closeTo((index * second) / 1200, 0.001);
    });
  });

  it('does not drift over a day', () => {
    const next = schedule({ rateRps: 3, arrivals: 'constant', phase: 0, seed: 1 });
    let last = 0;
    for (let count = 0; count <= 3 * 86_400; count++) last = next();
    expect(last).to.be.closeTo(86_400 * second, 0.001);
  });

  it('has gaps of a Poisson process, however many lanes it is shared among', () => {
    const shape = { kind: 'rate', rateRps: 1000, arrivals: 'poisson' } as const;
    for (const order of [orderFor([targetAt(80)]), orderFor(hosts(4), { connections: 24, threads: 3 })]) {
      const times = timesOf({ ...order, shape }, 100 * second);
      const gaps = times.slice(1).map((us, index) => us - (times[index] as number));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
      expect(mean).to.be.within(990, 1010);
      expect(Math.sqrt(variance) / mean).to.be.within(0.98, 1.02);
      expect(gaps.filter((gap) => gap > mean).length / gaps.length).to.be.closeTo(Math.exp(-1), 0.01);
    }
  });

  it('gives each lane its part of connections and rate', () => {
    for (const [targets, connections, threads] of [
      [1, 64, 3],
      [5, 64, 8],
      [7, 7, 4],
    ] as const) {
      const lanes = plan(orderFor(hosts(targets), { connections, threads })).flat();
      expect(lanes.reduce((sum, lane) => sum + lane.connections, 0)).to.equal(connections);
      expect(lanes.reduce((sum, lane) => sum + lane.share, 0)).to.be.closeTo(1, 1e-9);
      expect(Math.min(...lanes.map((lane) => lane.connections))).to.be.at.least(1);
      expect(new Set(lanes.map(({ seed }) => seed))).to.have.length(lanes.length);
    }
  });
});
