import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/default-back-end-answers-404',
  title: 'the default back-end answers 404 itself, by name and by address',
  level: 'convention',
  requirement: tutorial('In the case of the default back-end we get a 404.'),
  after: 'backends',
  expect: [
    { via: { service: 'default-http-backend', by: 'name' }, servedBy: 'default-http-backend', status: 404 },
    { via: { service: 'default-http-backend', by: 'address' }, servedBy: 'default-http-backend', status: 404 },
  ],
});
