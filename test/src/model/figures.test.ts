import { expect } from 'chai';
import { figuresOf } from '../../../src/model/figures.ts';

describe('figuresOf', () => {
  it('finds numbers, group by group, to three digits or whole', () => {
    const latency = { count: 10, min: 31.5166, max: 12345, label: 'ms', each: [1, 2], meanwhile: { lost: 0 } };
    expect(figuresOf({ latency, 'last answer': 1965.69 })).to.deep.equal([
      { name: 'latency', text: 'count 10, min 31.5, max 12345' },
      { name: 'latency: meanwhile', text: 'lost 0' },
      { name: 'last answer', text: '1966' },
    ]);
  });

  it('has nothing to say of lists, texts and groups without a number', () => {
    expect(figuresOf({ convergence: [{ probes: 1 }], seen: { client: '10.0.0.1' }, note: 'text' })).to.deep.equal([]);
  });
});
