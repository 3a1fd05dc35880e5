import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { observe, valuesOf } from '../../src/kit/observe.ts';
import { ingressDocs } from '../../src/kit/requirement.ts';

const words = { hit: 'Exact', miss: 'Prefix', 404: 'neither' };

export default defineCheck({
  id: 'path/exact-beside-longer-prefix',
  title: 'Who takes /foo where Exact /foo and Prefix /foo/ stand: the exact one, or the one longer by a slash',
  level: 'observation',
  requirement: ingressDocs(
    'multiple-matches',
    'In those cases precedence will be given first to the longest matching path. If two paths are still equally matched, precedence will be given to paths with an exact path type over prefix path type.',
  ),
  values: valuesOf(words),
  given: (ground) => [ingress(ground, [exact('/foo', 'hit'), prefix('/foo/', 'miss')])],
  async run(kit) {
    await kit.converge({ path: '/foo/bar', servedBy: 'miss' }, { faultRate: 0.5 });
    return observe(kit, { path: '/foo' }, words);
  },
});
