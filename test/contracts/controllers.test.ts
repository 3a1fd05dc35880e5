import { expect } from 'chai';
import type { Controller } from '../../src/model/controller.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import { readControllers, readSuites } from '../../src/run/catalogue.ts';

const controllers = await readControllers();
const checkIds = (await readSuites()).flatMap(({ checks }) => checks.map(({ id }) => id));
const settings = { namespace: 'somewhere', ingressClass: 'some-class' };

const containersOf = (objects: readonly KubernetesObject[]) =>
  objects.flatMap(({ spec }) => (spec?.template?.spec?.containers ?? []) as { image: string }[]);

function installs(controller: Controller): void {
  const manifests = () => controller.manifests(settings);

  it('is installed into the namespace it is told', async () => {
    const namespaces = (await manifests()).map(({ metadata }) => metadata.namespace);
    expect(namespaces.filter((name) => name !== undefined && name !== settings.namespace)).to.deep.equal([]);
  });

  it('serves the class it is told, by an IngressClass of its own', async () => {
    const classes = (await manifests()).filter(({ kind }) => kind === 'IngressClass');
    expect(classes.map(({ metadata }) => metadata.name)).to.deep.equal([settings.ingressClass]);
    expect(classes[0]?.spec.controller).to.match(/^[a-z0-9.-]+\/[a-z-]+$/);
  });

  it('names the images that its pods run, each with a version', async () => {
    const images = containersOf(await manifests()).map(({ image }) => image);
    expect(images).to.have.members([...controller.images]);
    for (const image of images) expect(image).to.match(/:[^:]*\d+\.\d+[^:]*$/);
  });

  it('has pods that carry the labels it says', async () => {
    const templates = (await manifests()).flatMap(({ spec }) => spec?.template?.metadata?.labels ?? []);
    expect(templates).to.not.be.empty;
    for (const labels of templates) expect(labels).to.include(controller.podLabels);
  });

  it('is reached by the tutorial’s NodePorts 30000, 30443 and 32767', async () => {
    const ports = (await manifests())
      .filter(({ kind, spec }) => kind === 'Service' && spec.type === 'NodePort')
      .flatMap(({ spec }) => spec.ports as { nodePort: number }[]);
    expect(ports.map(({ nodePort }) => nodePort)).to.include.members([30000, 30443, 32767]);
  });
}

describe('every controller', () => {
  for (const controller of controllers) {
    describe(controller.name, () => {
      if (controller.preinstalled) {
        it('installs nothing, and is told by its class which one it is', async () => {
          expect(await controller.manifests(settings)).to.deep.equal([]);
          expect(controller).to.include({ ingressClass: '' });
        });
      } else installs(controller);

      it('excuses only checks that exist, with a link', () => {
        for (const { check, reason, link } of controller.knownDeviations) {
          expect(checkIds).to.include(check);
          expect(reason).to.match(/\S/);
          expect(new URL(link).protocol).to.equal('https:');
        }
      });
    });
  }
});
