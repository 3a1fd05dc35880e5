import { defineCheck } from '../../src/kit/check.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

const host = 'website.com';

export default defineCheck({
  id: 'tutorial/path-is-matched-by-elements',
  title: 'a path that only begins with the same letters as a rule’s is not taken by it',
  level: 'spec',
  requirement: ingressApi(
    'Prefix: Matches based on a URL path prefix split by ‘/’. Matching is done on a path element by element basis. Note that if the last element of the path is a substring of the last element in request path, it is not a match (e.g. /foo/bar matches /foo/bar/baz, but does not match /foo/barbaz).',
  ),
  after: 'default-back-end',
  // Its first wrong answer refutes it: none may come of what others change meanwhile.
  exclusive: true,
  async run(kit) {
    await kit.converge([
      { host, path: '/eightyeighty/', servedBy: 'deploy-test-1' },
      { host, path: '/ninetyninety', servedBy: 'deploy-test-2' },
      { host, servedBy: 'default-http-backend', status: 404 },
    ]);
    // A rule that takes too much does so from the moment it takes anything.
    await kit.converge(
      ['/eightyeightyeight', '/ninetyninetynine/below'].map((path) => ({
        host,
        path,
        servedBy: 'default-http-backend',
        status: 404,
      })),
      { inForce: true },
    );
  },
});
