import { expect } from 'chai';
import { figuresOf } from '../../../src/model/figures.ts';

describe('figuresOf', () => {
  it('finds numbers, group by group, to three digits or whole', () => {
    const latency = { count: 10, min: 31.5166, max: 12345, each: [1, 2], meanwhile: { lost: 0 } };
    expect(figuresOf({ latency, 'last answer': 1965.69 })).to.deep.equal([
      { name: 'latency', text: 'count 10, min 31.5, max 12345' },
      { name: 'latency: meanwhile', text: 'lost 0' },
      { name: 'last answer', text: '1966' },
    ]);
  });

  it('shows the words beside the numbers: that these are void must reach the reader', () => {
    const meanwhile = { requests: 10, guard: 'void: one request in ten left more than 340.9 ms late' };
    expect(figuresOf({ meanwhile, seen: { client: '10.0.0.1' } })).to.deep.equal([
      { name: 'meanwhile', text: 'requests 10, guard void: one request in ten left more than 340.9 ms late' },
      { name: 'seen', text: 'client 10.0.0.1' },
    ]);
  });

  it('leaves lists and long texts to the report file', () => {
    const group = { long: 'x'.repeat(200), lines: 'a\nb' };
    expect(figuresOf({ convergence: [{ probes: 1 }], note: 'text', group })).to.deep.equal([]);
  });
});
