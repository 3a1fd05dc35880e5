import { defineCheck } from '../../src/kit/check.ts';
import { exact, ingress, prefix } from '../../src/kit/ingress.ts';
import { unmodifiedTarget } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/path-reaches-the-back-end',
  title: 'The path reaches the back-end as it was sent, whole and with its trailing slash, whatever rule took it',
  level: 'convention',
  requirement: unmodifiedTarget,
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/foo', 'hit'), prefix('/', 'miss')] },
      { host: `exact.${ground.host}`, paths: [exact('/bar/baz', 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { path: '/', servedBy: 'miss', receivedTarget: '/' },
    { path: '/foo', servedBy: 'hit', receivedTarget: '/foo' },
    { path: '/foo/', servedBy: 'hit', receivedTarget: '/foo/' },
    { path: '/foo/Bar/', servedBy: 'hit', receivedTarget: '/foo/Bar/' },
    { host: `exact.${host}`, path: '/bar/baz', servedBy: 'other', receivedTarget: '/bar/baz' },
    { path: "/a-b._~!$&'()*,=:@", servedBy: 'miss', receivedTarget: "/a-b._~!$&'()*,=:@" },
  ],
});
