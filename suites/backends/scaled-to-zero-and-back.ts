import { backend, poolService } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { othersGone, readyPods, scale } from '../../src/kit/scale.ts';
import { timeouts } from '../../src/model/timeouts.ts';

const sleeper = backend('sleeper');
const labels = sleeper.spec.selector.matchLabels;

export default defineCheck({
  id: 'backends/scaled-to-zero-and-back',
  title: 'a Service whose last pod went is served again once it has one',
  level: 'convention',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/endpoint-slice-v1/',
    'ready indicates that this endpoint is ready to receive traffic, according to whatever system is managing the endpoint.',
  ),
  apart: true,
  given: (ground) => [sleeper, poolService('sleeper'), ingress(ground, [prefix('/', 'sleeper')])],
  async run(kit) {
    await kit.converge({ servedBy: 'sleeper' });
    try {
      await scale(kit, 'sleeper', 0);
      await othersGone(kit, labels, 0);
      await kit.caughtUp();
      // What is answered meanwhile is for the checks of Services without endpoints to judge.
      await kit.converge({ servedBy: 'nobody' }, { settleMs: timeouts.convergeMs });
    } finally {
      await scale(kit, 'sleeper', 1);
    }
    await readyPods(kit, labels, 1);
    await kit.converge({ servedBy: 'sleeper' }, { settleMs: timeouts.convergeMs });
  },
});
