import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { exitCodes } from '../../../src/model/errors.ts';
import { compiledModule, packageRoot } from '../../../src/paths.ts';

/** The definition of the controller of docs/example, installed by a chart; `chart` is TypeScript. */
const definition = (chart: string): string => `
import { type Chart, defineController, frontServiceManifest } from 'ingress-assay';

const podLabels = { app: 'my-controller' };
const ports = { http: 80, https: 443, status: 80 };
const sample = { chart: '${join(packageRoot, 'test/fixtures/controller-chart')}', version: '1.2.3', release: 'my-controller' };

export default defineController({
  name: 'my-controller',
  title: 'My controller',
  version: '0.1.0',
  homepage: 'https://example.com/my-controller',
  images: ['my/controller:dev'],
  ingressClass: 'mine',
  podLabels,
  ports,
  chart: ({ ingressClass }): Chart | readonly Chart[] => (${chart}),
  manifests: async () => [frontServiceManifest({ podLabels, ports })],
  knownDeviations: [],
});
`;

describe('a controller that comes as a chart', function () {
  this.timeout(400_000); // a machine that has no helm yet builds it
  let folder: string;
  const run = (...args: readonly string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve) => {
      const argv = [compiledModule('src/cli/main.ts'), ...args];
      const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state') };
      const child = execFile(process.execPath, argv, { cwd: folder, env }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode, output: stdout + stderr }),
      );
    });
  const conformance = async (chart: string) => {
    await writeFile(join(folder, 'charted.ts'), definition(chart));
    const checks = ['host/precise-host-is-equal', 'path/prefix-takes-all-below'];
    return run('conformance', ...checks, '--cluster', 'local', '--name', 'charts', '--controller', './charted.ts');
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
    await cp(join(packageRoot, 'docs/example/controller.mjs'), join(folder, 'controller.mjs'));
    const image = 'my/controller:dev=./controller.mjs';
    const up = await run('cluster', 'up', '--name', 'charts', '--nodes', '2', '--image', image);
    expect(up.code, up.output).to.equal(0);
  });
  after(async () => {
    await run('cluster', 'down', 'charts');
    await rm(folder, { recursive: true });
  });

  for (const kind of ['DaemonSet', 'StatefulSet'])
    it(`is installed with a ${kind} and kinds of its own, tried once that is ready, and removed`, async () => {
      const { code, output } = await conformance(`{ ...sample, values: { ingressClass, kind: '${kind}' } }`);
      expect(code, output).to.equal(0);
      expect(output).to.contain('2 passed').and.contain('My controller 0.1.0 on local');
    });

  it('that does not render breaks the run off in helm’s words, with a way to see it alone', async () => {
    const { code, output } = await conformance("{ ...sample, values: { image: '' } }");
    expect(code, output).to.equal(exitCodes.environment);
    expect(output)
      .to.contain('chart-failed')
      .and.contain('image must be set')
      .and.contain('helm template my-controller');
  });

  it('that cannot be fetched breaks the run off with its repository and version', async () => {
    const { code, output } = await conformance(
      "{ ...sample, chart: 'my-controller', repository: 'https://127.0.0.1:1/charts', values: {} }",
    );
    expect(code, output).to.equal(exitCodes.environment);
    expect(output).to.contain('the chart my-controller 1.2.3 of https://127.0.0.1:1/charts cannot be rendered');
    expect(output).to.contain(
      'helm template my-controller my-controller --repo https://127.0.0.1:1/charts --version 1.2.3',
    );
  });

  it('whose pods cannot start is named with the pod and why', async () => {
    const { code, output } = await conformance("{ ...sample, values: { image: 'no/such:image' } }");
    expect(code, output).to.equal(exitCodes.environment);
    expect(output).to.contain('controller-not-ready').and.contain('no/such:image');
  });
});
