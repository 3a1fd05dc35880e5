import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { ordersOf } from '../../src/kit/orders.ts';
import { longestPathFirst } from '../../src/kit/requirement.ts';

/** The paths of a rule, in any order, and who serves what. */
const cases = [
  {
    name: 'longer-is-exact',
    paths: [prefix('/', 'miss'), exact('/aaa', 'hit')],
    servedBy: { '/aaa': 'hit', '/aaa/': 'miss', '/aaa/bbb': 'miss' },
  },
  {
    name: 'shorter-is-exact',
    paths: [exact('/aaa', 'other'), prefix('/aaa/bbb', 'hit')],
    servedBy: { '/aaa': 'other', '/aaa/bbb': 'hit', '/aaa/bbb/ccc': 'hit', '/aaa/ccc': 'nobody' },
  },
  {
    name: 'exact-below-prefix',
    paths: [prefix('/aaa', 'other'), exact('/aaa/bbb', 'hit')],
    servedBy: { '/aaa': 'other', '/aaa/bbb': 'hit', '/aaa/bbb/ccc': 'other' },
  },
].flatMap(({ name, paths, servedBy }) =>
  ordersOf(paths).map((order, index) => ({ label: `${name}-${index}`, order, served: Object.entries(servedBy) })),
);

export default defineCheck({
  id: 'path/longest-path-wins-over-types',
  title:
    'The longest path wins whether it is Exact or Prefix: Exact /aaa before Prefix /, Prefix /aaa/bbb beside Exact /aaa',
  level: 'spec',
  requirement: longestPathFirst,
  faultRate: 0.5, // a wrong choice is a matter of the order, not of chance
  given: (ground) => [
    ingress(
      ground,
      cases.map(({ label, order }) => ({ host: `${label}.${ground.host}`, paths: order })),
    ),
  ],
  expect: (ground) =>
    cases.flatMap(({ label, served }) =>
      served.map(([path, servedBy]) => ({ host: `${label}.${ground.host}`, path, servedBy })),
    ),
});
