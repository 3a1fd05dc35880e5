import { expect } from 'chai';
import ingressNginx from '../../controllers/ingress-nginx.ts';
import traefik from '../../controllers/traefik.ts';
import type { Controller } from '../../src/model/controller.ts';

/** What a controller's ConfigMap says, with and without lines for each request. */
async function configsOf(controller: Controller) {
  const settings = { namespace: 'x', ingressClass: controller.ingressClass };
  const [usual, quiet] = await Promise.all([
    controller.manifests(settings),
    controller.manifests({ ...settings, accessLog: false }),
  ]);
  const data = (objects: typeof usual) => objects.find(({ kind }) => kind === 'ConfigMap')?.data;
  return { usual: data(usual ?? []), quiet: data(quiet ?? []) };
}

describe('a controller that is to write no access log', () => {
  it('is Traefik without its option, and nothing else of it', async () => {
    const { usual, quiet } = await configsOf(traefik);
    expect(usual['traefik.yaml']).to.contain('accessLog:\n  format: json\n');
    expect(quiet['traefik.yaml']).to.equal(usual['traefik.yaml'].replace('accessLog:\n  format: json\n', ''));
    expect(quiet['status.yaml']).to.equal(usual['status.yaml']);
  });

  it('is ingress-nginx with the option that switches it off, and nothing else of it', async () => {
    const { usual, quiet } = await configsOf(ingressNginx);
    expect(quiet).to.deep.equal({ ...usual, 'disable-access-log': 'true' });
  });
});
