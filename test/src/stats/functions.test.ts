import fc from 'fast-check';
import { betaCdf, betaQuantile, logGamma } from '../../../src/stats/beta.ts';
import { normalCdf, normalQuantile } from '../../../src/stats/normal.ts';
import { studentQuantile } from '../../../src/stats/student.ts';
import { expectClose, expected } from './expected.ts';

describe('the distributions', () => {
  it('have the normal chances that SciPy has, far into the tails', () => {
    for (const [x, chance] of expected.normal) expectClose(normalCdf(x), chance);
  });

  it('have the logarithms of the gamma function that SciPy has', () => {
    for (const [x, value] of expected.logGamma) expectClose(1 + logGamma(x), 1 + value, 1e-13);
  });

  it('have the beta chances that SciPy has', () => {
    for (const [x, a, b, chance] of expected.beta) expectClose(betaCdf(x, a, b), chance, 1e-8);
  });

  it("have the quantiles of Student's t that SciPy has", () => {
    for (const [chance, freedom, value] of expected.student) expectClose(studentQuantile(chance, freedom), value, 1e-9);
  });

  it('have quantiles that lead back to their chance', () => {
    const chances = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
    const shape = fc.double({ min: 1, max: 1e5, noNaN: true });
    fc.assert(fc.property(chances, (chance) => expectClose(normalCdf(normalQuantile(chance)), chance, 1e-9)));
    fc.assert(
      fc.property(chances, shape, shape, (chance, a, b) =>
        expectClose(1 + betaCdf(betaQuantile(chance, a, b), a, b), 1 + chance, 1e-7),
      ),
    );
  });
});
