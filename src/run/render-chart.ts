import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseManifest } from '../kube/manifest.ts';
import type { Chart, Controller, ControllerSettings } from '../model/controller.ts';
import { environmentError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Toolchain } from '../model/program.ts';
import { runLeashed } from '../toolchain/leash.ts';

export interface ChartHost {
  readonly toolchain: Toolchain;
  readonly signal: AbortSignal;
  /** Of the cluster, which charts may ask for: `v1.37.2`. */
  readonly kubernetes: string | undefined;
}

/** A controller whose charts are rendered. */
export interface Rendered extends Controller {
  /** What its manifests are made of, each to be applied once the one before is ready. */
  steps?(settings: ControllerSettings): Promise<readonly (readonly KubernetesObject[])[]>;
}

/** The controller with the objects of its charts before its own manifests; itself where it has none. A chart is rendered once for the same settings. */
export function withChart(controller: Controller, host: ChartHost): Rendered {
  const { chart } = controller;
  if (chart === undefined) return controller;
  const rendered = new Map<string, Promise<readonly (readonly KubernetesObject[])[]>>();
  const render = (settings: ControllerSettings) =>
    Promise.all([chart(settings)].flat().map((one) => renderChart(one, settings, host)));
  async function steps(settings: ControllerSettings) {
    const key = JSON.stringify(settings);
    const charts = rendered.get(key) ?? render(settings);
    rendered.set(key, charts);
    return [...(await charts), await controller.manifests(settings)];
  }
  return { ...controller, steps, manifests: async (settings) => (await steps(settings)).flat() };
}

/** What `helm template` makes of a chart. Hooks are left out. A chart that is not found, or not rendered, is an environment error in helm's words. */
export async function renderChart(
  { repository, chart, version, values, release }: Chart,
  { namespace }: Pick<ControllerSettings, 'namespace'>,
  { toolchain, signal, kubernetes }: ChartHost,
): Promise<readonly KubernetesObject[]> {
  const helm = (await toolchain.ensure(['helm'])).get('helm');
  const folder = await mkdtemp(join(tmpdir(), 'ingress-assay-chart-'));
  try {
    const valuesFile = join(folder, 'values.json');
    await writeFile(valuesFile, JSON.stringify(values));
    const isOci = repository?.startsWith('oci://');
    const argv = [
      ...[helm?.path ?? 'helm', 'template', release, isOci ? `${repository}/${chart}` : chart],
      ...(repository === undefined || isOci ? [] : ['--repo', repository]),
      ...(repository === undefined ? [] : ['--version', version]),
      ...['--namespace', namespace, '--values', valuesFile, '--include-crds', '--no-hooks'],
      ...(kubernetes?.startsWith('v') ? ['--kube-version', kubernetes] : []),
    ];
    // A cache of its own: the user's, with the repositories they have added, stays as it is.
    const cache = { HELM_CACHE_HOME: folder, HELM_REPOSITORY_CACHE: join(folder, 'repository') };
    const end = await runLeashed(argv, { signal, env: { ...process.env, ...helm?.env, ...cache } });
    if (end.kind === 'ended' && end.code === 0) return parseManifest(end.stdout.join('\n'), `chart ${chart}`);
    const said = end.kind === 'missing' ? 'helm is not there' : end.output.filter((line) => line !== '').slice(-12);
    const from = repository === undefined ? '' : ` ${version} of ${repository}`;
    throw environmentError(
      'chart-failed',
      `the chart ${chart}${from} cannot be rendered:\n${[said].flat().join('\n')}`,
      {
        next: `try it alone: ${['helm', ...argv.slice(1, argv.indexOf('--namespace'))].join(' ')}`,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
