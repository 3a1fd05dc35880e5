import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import traefik from '../../../controllers/traefik.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { packageRoot } from '../../../src/paths.ts';
import { renderChart, withChart } from '../../../src/run/render-chart.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';
import { errorOf } from '../error-of.ts';

const { signal } = new AbortController();
const toolchain = createToolchain({ progress: silentProgress, signal });
const host = { toolchain, signal, kubernetes: 'v1.37.2' };
const settings = { namespace: 'somewhere', ingressClass: 'some-class' };
const sample = {
  chart: join(packageRoot, 'test/fixtures/chart'),
  version: '1.2.3',
  values: { image: 'sample:1.0', ingressClass: 'some-class' },
  release: 'mine',
};

describe('a chart', function () {
  this.timeout(900_000); // a machine that has no helm yet builds it

  it('is rendered with its values, its CRDs, the namespace and the cluster’s version, and without its hooks', async () => {
    const objects = await renderChart(sample, settings, host);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).to.have.members([
      'CustomResourceDefinition things.sample.ingress-assay.dev',
      'ConfigMap mine-settings',
      'IngressClass some-class',
    ]);
    const configMap = objects.find(({ kind }) => kind === 'ConfigMap');
    expect(configMap?.metadata.namespace).to.equal('somewhere');
    expect(configMap?.data).to.deep.equal({ image: 'sample:1.0', kubernetes: 'v1.37.2' });
  });

  it('comes before a controller’s own manifests', async () => {
    const controller = withChart(
      { ...traefik, chart: ({ ingressClass }) => ({ ...sample, values: { ...sample.values, ingressClass } }) },
      host,
    );
    const kinds = (await controller.manifests(settings)).map(({ kind }) => kind);
    expect(kinds[0]).to.equal('CustomResourceDefinition');
    expect(kinds).to.have.length(3 + (await traefik.manifests(settings)).length);
    expect(withChart(traefik, host)).to.equal(traefik);
  });

  it('may be one of several, each a step of its own before the manifests', async () => {
    const charts = ['one', 'two'].map((release) => ({ ...sample, release }));
    const steps = (await withChart({ ...traefik, chart: () => charts }, host).steps?.(settings)) ?? [];
    const names = steps.map((objects) => objects.find(({ kind }) => kind === 'ConfigMap')?.metadata.name);
    expect(names).to.deep.equal(['one-settings', 'two-settings', 'nginx-ingress-controller-conf']);
  });

  it('that is not found, or cannot be rendered, is an environment error in helm’s words, and leaves nothing', async () => {
    const faults = [
      [{ ...sample, values: {} }, 'image must be set'],
      [{ ...sample, chart: './absent' }, 'absent'],
      [{ ...sample, repository: 'https://127.0.0.1:1/charts', chart: 'sample' }, '127.0.0.1:1'],
      [{ ...sample, repository: 'oci://127.0.0.1:1/charts', chart: 'sample' }, '127.0.0.1:1'],
    ] as const;
    for (const [chart, words] of faults) {
      const error = await errorOf(renderChart(chart, settings, host));
      expect(error).to.include({ code: 'chart-failed', exitCode: exitCodes.environment });
      expect(error.message).to.contain('cannot be rendered').and.to.contain(words);
      expect(error.next).to.contain('helm template mine');
    }
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('ingress-assay-chart-'))).to.deep.equal([]);
  });
});
