import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/query-reaches-the-back-end',
  title: 'The query reaches the back-end as it was sent',
  level: 'convention',
  requirement: unmodifiedTarget,
  given: (ground) => [ingress(ground, [prefix('/', 'hit')])],
  expect: [
    '/?a=1&a=2&b=', // order, repetition and emptiness
    '/foo?b=2&a=1',
    '/foo/?q=%2Ffoo%20bar+baz%C3%A9',
    '/foo?next=http://host/path?x=1', // a second question mark is data
  ].map((path) => ({ path, servedBy: 'hit', receivedTarget: path })),
});
