import { expect } from 'chai';
import { checkFlags, parseConfig } from '../../../src/cli/config.ts';
import type { ClusterProvider } from '../../../src/model/cluster.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { assertFlagsOf, everyFlag, flagsIn } from '../../../src/run/provider-flags.ts';

const flag = { name: 'boat-plan', argument: '<file>', description: 'how to build it' } as const;
const provider = (name: string, more: Partial<ClusterProvider> = {}) => ({ name, ...more }) as ClusterProvider;
const boat = provider('boat', { flags: [flag] });
const raft = provider('raft');

describe('the flags of a provider', () => {
  const known = everyFlag([boat, raft]);

  it('are read from the command line and from the configuration file', () => {
    expect(flagsIn(checkFlags({ boatPlan: 'a.yaml', nodes: 2 }, known), [boat])).to.deep.equal({
      'boat-plan': 'a.yaml',
    });
    expect(flagsIn(parseConfig('boat-plan: b.yaml\n', 'f', known), [boat])).to.deep.equal({ 'boat-plan': 'b.yaml' });
    expect(() => checkFlags({ boatPlan: '' }, known)).to.throw('--boat-plan must not be empty');
  });

  it('are a usage error for another provider, which names both', () => {
    assertFlagsOf(boat, [boat, raft], { 'boat-plan': 'a' });
    expect(() => assertFlagsOf(raft, [boat, raft], { 'boat-plan': 'a' }))
      .to.throw("--boat-plan is for --cluster boat; this run's cluster is raft")
      .with.property('exitCode', exitCodes.usage);
  });

  it('that may be repeated are lists, and say what to do on another cluster', () => {
    const sail = { name: 'sail', argument: '<file>', description: 'one', repeatable: true, elsewhere: 'row' } as const;
    const ship = provider('ship', { flags: [sail] });
    expect(flagsIn(checkFlags({ sail: ['a', 'b'] }, everyFlag([ship])), [ship])).to.deep.equal({ sail: ['a', 'b'] });
    expect(() => checkFlags({ sail: 'a' }, everyFlag([ship]))).to.throw('--sail must be a list');
    expect(() => assertFlagsOf(raft, [ship, raft], { sail: ['a'] }))
      .to.throw()
      .with.property('next', 'row, or say --cluster ship');
  });
});
