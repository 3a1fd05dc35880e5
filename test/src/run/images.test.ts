import { expect } from 'chai';
import { readControllers, readSuites } from '../../../src/run/catalogue.ts';
import { imagesIn, imagesOf } from '../../../src/run/images.ts';
import { plan } from '../../../src/run/plan.ts';

describe('the images of a run', () => {
  it('are those of the controller, of every step and of the fixtures, each once', async () => {
    const traefik = (await readControllers()).find(({ name }) => name === 'traefik');
    if (traefik === undefined) throw new Error('no traefik');
    const images = await imagesOf(plan(await readSuites()), traefik, { namespace: 'x', ingressClass: 'traefik' });
    expect(images).to.deep.equal(['node:20-slim', ...traefik.images]);
  });

  it('are not those that a webhook is to fill in', () => {
    const containers = [{ image: 'auto' }, { image: 'a:1' }];
    expect(imagesIn({ spec: { template: { spec: { containers } } } })).to.deep.equal(['a:1']);
  });
});
