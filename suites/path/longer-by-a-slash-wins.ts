import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';
import { withObjects } from '../../src/kit/with-objects.ts';

export default defineCheck({
  id: 'path/longer-by-a-slash-wins',
  title: 'Where Prefix /foo and Prefix /foo/ both stand, /foo/ takes /foo too, being longer',
  level: 'spec',
  requirement: ingressApi(
    '/foo and /foo/ both match requests to /foo and /foo/. If both paths are present in an Ingress spec, the longest matching path (/foo/) is given priority.',
  ),
  // Two paths of one meaning may keep a controller from taking any configuration: alone, so that nobody else meets that.
  exclusive: true,
  async run(kit) {
    const { ground } = kit;
    const both = ingress(ground, [
      { host: `short-first.${ground.host}`, paths: [prefix('/foo', 'miss'), prefix('/foo/', 'hit')] },
      { host: `long-first.${ground.host}`, paths: [prefix('/foo/', 'hit'), prefix('/foo', 'miss')] },
    ]);
    const rows = ['short-first', 'long-first'].flatMap((name) =>
      ['/foo', '/foo/', '/foo/bar'].map((path) => ({ host: `${name}.${ground.host}`, path, servedBy: 'hit' })),
    );
    await withObjects(kit, [both], (settleMs) => kit.converge(rows, { settleMs, faultRate: 0.2 }));
  },
});
