import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { rfc } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'path/absolute-form-names-the-host',
  title: 'GET http://host/path is routed by the host and path it names, whatever Host says',
  level: 'convention',
  requirement: rfc(
    '9112, 3.2.2',
    'When an origin server receives a request with an absolute-form of request-target, the origin server MUST ignore the received Host header field (if any) and instead use the host information of the request-target.',
  ),
  given: (ground) => [
    ingress(ground, [
      { host: ground.host, paths: [prefix('/foo', 'hit'), prefix('/', 'miss')] },
      { host: `host-header.${ground.host}`, paths: [prefix('/', 'other')] },
    ]),
  ],
  expect: ({ host }) => [
    { path: `http://${host}/foo`, servedBy: 'hit' },
    { path: `http://${host}/bar`, servedBy: 'miss' },
    { path: `http://${host}/foo?a=1`, host: `host-header.${host}`, servedBy: 'hit' },
    { path: `http://host-header.${host}/foo`, host, servedBy: 'other' },
  ],
});
