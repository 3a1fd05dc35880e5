import { expect } from 'chai';
import { levels } from '../../src/model/claim.ts';
import { capabilities } from '../../src/model/cluster.ts';
import { features } from '../../src/model/controller.ts';
import { readSuites } from '../../src/run/catalogue.ts';

const suites = await readSuites();
const checks = suites.flatMap((suite) => suite.checks);

describe('every check', () => {
  it('has an id that no other has', () => {
    expect(new Set(checks.map(({ id }) => id)).size).to.equal(checks.length);
  });

  it('has a title that no other of its suite has', () => {
    for (const suite of suites)
      expect(new Set(suite.checks.map(({ title }) => title)).size).to.equal(suite.checks.length);
  });

  for (const check of checks) {
    describe(check.id, () => {
      it('states its claim and where the rule is written', () => {
        expect(check.title).to.match(/\S/);
        expect(levels).to.include(check.level);
        expect(check.requirement.text).to.match(/\S/);
        expect(new URL(check.requirement.source).protocol).to.equal('https:');
      });

      it('needs only features and capabilities that exist', () => {
        expect(Object.keys(features)).to.include.members([...(check.features ?? [])]);
        expect(Object.keys(capabilities)).to.include.members([...(check.capabilities ?? [])]);
      });

      it('declares its values exactly if it observes', () => {
        expect((check.values?.length ?? 0) > 0).to.equal(check.level === 'observation');
      });

      it('is proven by a table or by a body', () => {
        expect((check.expect?.length ?? 0) > 0).to.not.equal(check.run !== undefined);
      });
    });
  }
});
