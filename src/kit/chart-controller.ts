import type { Chart, Controller, ControllerSettings } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { frontServiceManifest } from './front-service.ts';

/** The release under which every chart is rendered. */
export const release = 'ingress';

/** The class's object, with the word by which its controller knows its own. */
export const ingressClassManifest = (name: string, controller: string, parameters?: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name },
  spec: { controller, ...(parameters && { parameters }) },
});

/** What is known of a controller that comes as a chart. */
interface ChartFacts extends Pick<Controller, 'name' | 'title' | 'version' | 'homepage' | 'ingressClass' | 'ports'> {
  readonly repository: string;
  readonly chart: string;
  readonly chartVersion: string;
  readonly values: (settings: ControllerSettings) => Chart['values'];
  /** The `spec.controller` of its class. */
  readonly controller: (settings: ControllerSettings) => string;
  /** Beside those by which charts commonly mark their pods. */
  readonly podLabels?: Controller['podLabels'];
}

/**
 * A controller that comes as one chart, and is reached as every other: its values are to leave out a Service of its own, which is the
 * front Service's part, and the IngressClass where they can. No run of it is recorded.
 */
export function chartController(facts: ChartFacts): Controller {
  const { name, title, version, homepage, ingressClass, ports, repository, chart } = facts;
  const podLabels = {
    'app.kubernetes.io/name': chart,
    'app.kubernetes.io/instance': release,
    ...facts.podLabels,
  };
  return {
    name,
    title,
    version,
    homepage,
    ingressClass,
    ports,
    podLabels,
    experimental: true,
    images: [],
    chart: (settings) => ({
      repository,
      chart,
      version: facts.chartVersion,
      release,
      values: facts.values(settings),
    }),
    manifests: async (settings) => [
      ingressClassManifest(settings.ingressClass, facts.controller(settings)),
      frontServiceManifest({ podLabels, ports }),
    ],
    knownDeviations: [],
  };
}
