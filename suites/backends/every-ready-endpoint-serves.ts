import { poolService, trio } from '../../src/kit/backend.ts';
import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { serviceDocs } from '../../src/kit/requirement.ts';
import { readyPods } from '../../src/kit/scale.ts';
import { expectAllServe } from '../../src/kit/spread.ts';

export default defineCheck({
  id: 'backends/every-ready-endpoint-serves',
  title: 'each of three ready pods gets its share of the requests',
  level: 'convention',
  requirement: serviceDocs(
    'reference/kubernetes-api/service-resources/endpoint-slice-v1/',
    'ready indicates that this endpoint is ready to receive traffic, according to whatever system is managing the endpoint.',
  ),
  given: (ground) => [trio, poolService('trio'), ingress(ground, [prefix('/', 'trio')])],
  async run(kit) {
    const pods = await readyPods(kit, trio.spec.selector.matchLabels, 3);
    await expectAllServe(
      kit,
      pods.map(({ name }) => name),
    );
  },
});
