import { join } from 'node:path';
import { defineArea } from '../../src/kit/check.ts';
import { echoProgram } from '../../src/kit/echo.ts';
import { readManifest } from '../../src/kube/manifest.ts';
import { packageRoot } from '../../src/paths.ts';

const fixture = (file: string) => readManifest(join(packageRoot, 'fixtures/tutorial', file));

const backends = [
  'back-end-deployment.yaml',
  'back-end-service.yaml',
  'default-back-end-deployment.yaml',
  'default-back-end-service.yaml',
];

export default defineArea({
  name: 'tutorial',
  title: 'The tutorial: Kubernetes Networking 101, Ingress resources',
  story: [
    {
      name: 'backends',
      title: 'two web servers and a default back-end; no Ingress yet',
      manifests: async () => [await echoProgram(), ...(await Promise.all(backends.map(fixture))).flat()],
    },
    {
      name: 'ingress',
      title: 'the Ingress with its three rules, and the default back-end for all else',
      manifests: async ({ settings }) =>
        (await Promise.all(['default-back-end-ingress.yaml', 'nginx-ingress.yaml'].map(fixture)))
          .flat()
          .map((ingress) => ({
            ...ingress,
            spec: { ingressClassName: settings.ingressClass, ...ingress.spec },
          })),
    },
  ],
});
