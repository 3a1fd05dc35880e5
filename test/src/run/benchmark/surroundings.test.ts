import { expect } from 'chai';
import { conditionsOf } from '../../../../src/run/benchmark/surroundings.ts';
import { readEngines } from '../../../../src/run/catalogue.ts';

const engines = await readEngines();

describe('the conditions of a benchmark', () => {
  const said = (name: string, pods?: number) =>
    conditionsOf(
      [],
      engines.filter((engine) => engine.name === name),
      pods,
    ).at(-1);

  it('say of each engine what is taken from it, what never, and what it looks at', () => {
    expect(said('autocannon')).to.equal(
      'From autocannon is taken throughput, never latency; it holds every answer against its status and its length and the back-end that signs it.',
    );
    expect(said('h2load')).to.equal(
      'From h2load is taken throughput, never latency; it holds every answer against its status, not against its length or the back-end that signs it.',
    );
    expect(said('k6')).to.contain('From k6 is taken latency, never throughput, of requests at equal distances;');
    expect(said('open-loop')).to.contain('From open-loop is taken throughput and latency;');
  });

  it('say whose load comes from pods', () => {
    expect(said('k6', 3)).to.match(/^The load of k6 comes from 3 pods of its operator, .* for the other engines\.$/);
    expect(said('open-loop', 3)).to.equal(said('open-loop'));
  });
});
