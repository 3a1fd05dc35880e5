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
  after: 'ingress',
  async run(kit) {
    await kit.converge([
      { host, path: '/eightyeighty/', servedBy: 'deploy-test-1' },
      { host, path: '/ninetyninety', servedBy: 'deploy-test-2' },
    ]);
    // A rule that takes too much does so from the moment it takes anything. Who answers instead is another question.
    await kit.converge(
      [
        { host, path: '/eightyeightyeight', notServedBy: 'deploy-test-1' },
        { host, path: '/ninetyninetynine/below', notServedBy: 'deploy-test-2' },
      ],
      { inForce: true },
    );
  },
});
