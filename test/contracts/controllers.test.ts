import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Controller } from '../../src/model/controller.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import { packageRoot } from '../../src/paths.ts';
import { readControllers, readSuites } from '../../src/run/catalogue.ts';

const controllers = await readControllers();
const checkIds = (await readSuites()).flatMap(({ checks }) => checks.map(({ id }) => id));
const document = readFileSync(join(packageRoot, 'docs/controllers.md'), 'utf8');
const settings = { namespace: 'somewhere', ingressClass: 'some-class' };

const containersOf = (objects: readonly KubernetesObject[]) =>
  objects.flatMap(({ spec }) => (spec?.template?.spec?.containers ?? []) as { image: string }[]);

/** Those whose chart brings class and Service, told which NodePorts. */
const bringsAll = ['cilium'];

function installs(controller: Controller): void {
  const manifests = () => controller.manifests(settings);
  const charts = [controller.chart?.(settings) ?? []].flat();

  if (charts.length > 0)
    it('comes as charts of a public repository, each with its version, told where and for which class it is', () => {
      for (const { repository, chart, version, release } of charts) {
        expect(repository).to.match(/^(https|oci):\/\/[a-z0-9.-]+\.[a-z]+(\/[\w.-]+)*$/);
        expect([chart, release].join(' ')).to.match(/^[a-z][a-z-]* [a-z][a-z-]*$/);
        expect(version).to.match(/^\d+\.\d+\.\d+$/);
      }
      // A value that is nobody's to set would be found only where the chart is.
      expect(() => JSON.stringify(charts)).to.not.throw();
      if (!bringsAll.includes(controller.name)) expect(JSON.stringify(charts)).to.contain(settings.ingressClass);
    });

  it('is installed into the namespace it is told', async () => {
    const namespaces = (await manifests()).map(({ metadata }) => metadata.namespace);
    expect(namespaces.filter((name) => name !== undefined && name !== settings.namespace)).to.deep.equal([]);
  });

  it('serves the class it is told, by an IngressClass of its own', async () => {
    const classes = (await manifests()).filter(({ kind }) => kind === 'IngressClass');
    const own = bringsAll.includes(controller.name) ? [] : [settings.ingressClass];
    expect(classes.map(({ metadata }) => metadata.name)).to.deep.equal(own);
    for (const { spec } of classes) expect(spec.controller).to.match(/^[a-z0-9.-]+(\/[a-z-]+)+$/);
  });

  it('names the images that its pods run, each with a version', async () => {
    const images = containersOf(await manifests()).map(({ image }) => image);
    expect(images).to.have.members([...controller.images]);
    for (const image of images) expect(image).to.match(/:[^:]*\d+\.\d+[^:]*$/);
  });

  it('has pods that carry the labels it says', async () => {
    const templates = (await manifests()).flatMap(({ spec }) => spec?.template?.metadata?.labels ?? []);
    if (controller.chart === undefined) expect(templates).to.not.be.empty;
    for (const labels of templates) expect(labels).to.include(controller.podLabels);
  });

  it('is reached by the tutorial’s NodePorts 30000, 30443 and 32767', async () => {
    const ports = (await manifests())
      .filter(({ kind, spec }) => kind === 'Service' && spec.type === 'NodePort')
      .flatMap(({ spec }) => spec.ports as { nodePort: number }[]);
    const told = JSON.stringify(charts.map(({ values }) => values)).matchAll(/NodePort":(\d+)/g);
    const all = [...ports.map(({ nodePort }) => nodePort), ...[...told].map(([, port]) => Number(port))];
    expect(all).to.include.members(bringsAll.includes(controller.name) ? [30000, 30443] : [30000, 30443, 32767]);
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

      it('is recorded, or experimental', () => {
        const isRecorded = existsSync(join(packageRoot, 'docs/recorded', `${controller.name}.json`));
        if (!['existing', 'reference'].includes(controller.name))
          expect(controller.experimental ?? false).to.equal(!isRecorded);
      });

      it('is in docs/controllers.md, with its version', () => {
        const row = new RegExp(
          `^\\| \\[?\`${controller.name}\`.*\\| ${controller.version.replaceAll('.', '\\.')} \\|`,
          'm',
        );
        expect(document).to.match(row);
      });

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
