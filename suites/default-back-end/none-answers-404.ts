import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { usage } from '../../src/kit/requirement.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

export default defineCheck({
  id: 'default-back-end/none-answers-404',
  title: `without a default back-end, what no rule takes gets 404: ${methods.join(', ')}`,
  level: 'convention',
  requirement: usage(
    'defaultbackend/default_backend.go',
    'should return 404 sending requests when only a default backend is running',
  ),
  given: (ground) => [ingress(ground, [prefix('/known', 'hit')])],
  expect: ({ host }) => [
    { path: '/known', servedBy: 'hit' },
    ...methods.flatMap((method) => [
      { method, host: `unknown.${host}`, servedBy: 'nobody', status: 404 },
      { method, path: '/unknown', servedBy: 'nobody', status: 404 },
    ]),
  ],
});
