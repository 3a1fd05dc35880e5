import { defineCheck } from '../../src/kit/check.ts';
import { tutorial } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'tutorial/status-page-is-not-exposed',
  title: 'the status page is not reachable where no rule exposes it',
  level: 'convention',
  requirement: tutorial(
    'A reader: “I’m not able to access the nginx_status page publicly.” Only website.com has a rule for it.',
  ),
  features: ['statusPage'],
  after: 'default-back-end',
  async run(kit) {
    // The rule's path, and where the page itself is below it: a controller may show the one and not the other.
    const paths = new Set(['/nginx_status', kit.controller.definition.status?.path ?? '/nginx_status']);
    await kit.converge(
      [...paths].flatMap((path) => [
        { via: 'nodePort', host: 'website8080.com', path, servedBy: 'deploy-test-1' },
        { via: 'nodePort', host: 'website9090.com', path, servedBy: 'deploy-test-2' },
        // Of a host without a rule the controller may refuse the path itself, rather than leave it to the default back-end.
        { via: 'nodePort', host: 'nobody.example', path, status: '4xx' },
        { via: 'controller', host: 'nobody.example', path, status: '4xx' },
      ]),
    );
  },
});
