import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ordersOf } from '../../src/kit/orders.ts';
import { longestPathFirst } from '../../src/kit/requirement.ts';

const paths = [prefix('/', 'miss'), prefix('/aaa', 'other'), prefix('/aaa/bbb', 'hit')];
const orders = ordersOf(paths);
const hostOf = (host: string, order: number) => `order-${order}.${host}`;

export default defineCheck({
  id: 'path/longest-path-wins',
  title: 'Of several paths that match, the longest wins, in whatever order the manifest has them',
  level: 'spec',
  requirement: longestPathFirst,
  faultRate: 0.5, // a wrong choice is a matter of the order, not of chance
  given: (ground) => [
    ingress(
      ground,
      orders.map((order, index) => ({ host: hostOf(ground.host, index), paths: order })),
    ),
  ],
  expect: (ground) =>
    orders.flatMap((_, index) => {
      const host = hostOf(ground.host, index);
      return [
        { host, path: '/aaa/bbb', servedBy: 'hit' },
        { host, path: '/aaa/bbb/ccc', servedBy: 'hit' },
        { host, path: '/aaa/ccc', servedBy: 'other' },
        { host, path: '/ccc', servedBy: 'miss' },
      ];
    }),
});
