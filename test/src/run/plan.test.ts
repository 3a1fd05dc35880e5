import { expect } from 'chai';
import type { Check, Step } from '../../../src/kit/check.ts';
import type { Controller } from '../../../src/model/controller.ts';
import type { Suite } from '../../../src/run/catalogue.ts';
import { checksOf, plan, select, unsupportedReason } from '../../../src/run/plan.ts';
import { checkOf } from './check-of.ts';

const step = (name: string): Step => ({ name, title: name, manifests: async () => [] });
const story: Suite = {
  area: { name: 'story', title: 'A story', story: [step('one'), step('two'), step('three')] },
  checks: [
    checkOf('story/late', { after: 'two' }),
    checkOf('story/alone-b', { after: 'one', exclusive: true }),
    checkOf('story/alone-a', { after: 'one', exclusive: true }),
    checkOf('story/early', { after: 'one' }),
  ],
};
const bare: Suite = { area: { name: 'bare', title: 'No story' }, checks: [checkOf('bare/only')] };
const ids = (suites: readonly Suite[]) => suites.flatMap(({ checks }) => checks.map(({ id }) => id));

describe('select', () => {
  it('takes everything where nothing is said', () => {
    expect(ids(select([story, bare], {}))).to.have.length(5);
  });

  it('takes suites by name, checks by id and both by pattern', () => {
    expect(ids(select([story, bare], { suites: ['bare'] }))).to.deep.equal(['bare/only']);
    expect(ids(select([story, bare], { checks: ['story/early'] }))).to.deep.equal(['story/early']);
    expect(ids(select([story, bare], { grep: 'ALONE' }))).to.deep.equal(['story/alone-b', 'story/alone-a']);
  });

  it('refuses unknown names, a pattern that is none, and a selection of nothing', () => {
    expect(() => select([story], { suites: ['stroy'] })).to.throw('Did you mean story?');
    expect(() => select([story], { checks: ['story/earli'] })).to.throw('Did you mean story/early?');
    expect(() => select([story], { grep: '(' })).to.throw('is not a regular expression');
    expect(() => select([story], { grep: 'nothing like it' })).to.throw('no check is selected');
  });
});

describe('plan', () => {
  it('tells the story in order; within a step what goes side by side first, then the exclusive ones by id', () => {
    expect(checksOf(plan([story])).map(({ id }) => id)).to.deep.equal([
      'story/early',
      'story/alone-a',
      'story/alone-b',
      'story/late',
    ]);
  });

  it('takes no step that no selected check needs', () => {
    const steps = (selected: readonly Suite[]) =>
      plan(selected).flatMap((area) => area.steps.map((one) => one.step?.name));
    expect(steps(select([story], { checks: ['story/early'] }))).to.deep.equal(['one']);
    expect(steps(select([story], { checks: ['story/late'] }))).to.deep.equal(['one', 'two']);
  });

  it('puts an area whose checks are last at the end', () => {
    const ending: Suite = { area: { name: 'a', title: 'A' }, checks: [checkOf('a/last', { last: true })] };
    expect(plan([ending, bare]).map(({ area }) => area.name)).to.deep.equal(['bare', 'a']);
  });

  it('gives an area without a story one step with nothing to apply', () => {
    expect(plan([bare])[0]?.steps.map(({ step }) => step)).to.deep.equal([undefined]);
  });
});

describe('unsupportedReason', () => {
  const controller = { title: 'Some' } as Controller;
  const cluster = { provider: 'local', capabilities: ['multiNode'] as const };
  const reasonFor = (check: Check) => unsupportedReason(check, controller, cluster);

  it('names the feature that the controller lacks', () => {
    expect(reasonFor(checkOf('a/b', { features: ['affinity'] }))).to.match(/^Some lacks affinity: /);
  });

  it('names the capability that the cluster lacks', () => {
    expect(reasonFor(checkOf('a/b', { capabilities: ['multiNode', 'externalIPs'] }))).to.equal(
      'the cluster (local) lacks externalIPs',
    );
  });

  it('has nothing against a check that needs nothing, or what is there', () => {
    expect(reasonFor(checkOf('a/b', { capabilities: ['multiNode'] }))).to.equal(undefined);
  });
});
