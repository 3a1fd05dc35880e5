import { expect } from 'chai';
import { speedSentence } from '../../../reporters/html/page/report/headline.ts';
import type { BenchmarkFigure } from '../../../src/model/benchmark.ts';
import { sampleReport } from '../../sample-report.ts';
import { sampleBenchmark } from './sample-benchmark.ts';

describe('the sentence about the speed of one controller', () => {
  /** The sentence where some figures of the sample are void. */
  const sentenceWithout = (
    isVoid: (figure: BenchmarkFigure, point: string) => boolean,
    nameOf = (name: string): string => name,
  ): string => {
    const benchmark = structuredClone(sampleBenchmark({ times: 50, runsPerSide: 5, seconds: 2, against: false }));
    for (const { points } of benchmark.scenarios)
      for (const { name, figures } of points)
        for (const figure of figures)
          Object.assign(figure, {
            void: isVoid(figure, name) ? 'drift in 5 of 5 runs' : undefined,
            name: nameOf(figure.name),
          });
    return speedSentence({ ...sampleReport, checks: [], benchmark }) ?? '';
  };

  it('tells the most that it serves of what can be used', () => {
    expect(sentenceWithout(() => false)).to.match(
      /^Traefik 3\.7\.15 serves 2\d,\d{3} requests\/s at 256 connections\.$/,
    );
    expect(sentenceWithout((_, point) => point === '256 connections')).to.match(/ at 64 connections\.$/);
  });

  it('tells of latency where no throughput can be used, at the highest rate where it can', () => {
    expect(sentenceWithout(({ name }, point) => name === 'throughput' || point === '90 % of capacity')).to.match(
      /^Traefik 3\.7\.15 has a p99 latency of [\d.]+ ms at 70 % of capacity; no throughput of it can be used\.$/,
    );
  });

  it('tells of latency from sending as such', () => {
    const fromSending = (name: string) => (name.startsWith('latency') ? `${name} from sending` : name);
    expect(sentenceWithout(({ name }) => name === 'throughput', fromSending)).to.match(
      / has a p99 latency from sending of [\d.]+ ms at 90 % of capacity; /,
    );
  });

  it('says which figures cannot be used, not that none can', () => {
    expect(sentenceWithout(({ name }) => name === 'throughput' || name.startsWith('latency'))).to.equal(
      'No throughput and no p99 latency of Traefik 3.7.15 can be used.',
    );
  });
});
