import { join } from 'node:path';
import { defineArea } from '../../src/kit/check.ts';
import { echoProgram } from '../../src/kit/echo.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import type { ControllerSettings } from '../../src/model/controller.ts';
import { packageRoot } from '../../src/paths.ts';

const fixture = (file: string) => readManifest(join(packageRoot, 'fixtures/tutorial', file));

const backends = [
  'back-end-deployment.yaml',
  'back-end-service.yaml',
  'default-back-end-deployment.yaml',
  'default-back-end-service.yaml',
];

const ingresses = async (file: string, { ingressClass }: ControllerSettings) =>
  (await fixture(file)).map((object) => ({
    ...object,
    spec: { ingressClassName: ingressClass, ...object.spec },
  }));

export default defineArea({
  name: 'tutorial',
  title: 'The tutorial: Kubernetes Networking 101, Ingress resources',
  story: [
    {
      name: 'backends',
      title: 'two web servers and a default back-end; no Ingress for them yet',
      manifests: async () => [await echoProgram(), ...(await Promise.all(backends.map(fixture))).flat()],
    },
    {
      name: 'ingress',
      title: 'the Ingress with its three rules',
      manifests: ({ settings }) => ingresses('nginx-ingress.yaml', settings),
    },
    {
      name: 'default-back-end',
      title: 'the default back-end for all that no rule takes',
      changes: 'the default back-end',
      manifests: ({ settings }) => ingresses('default-back-end-ingress.yaml', settings),
    },
  ],
});
