import { join } from 'node:path';
import { ingressClassManifest } from '../src/kit/chart-controller.ts';
import { frontServiceManifest } from '../src/kit/front-service.ts';
import { readManifest } from '../src/kube/manifest.ts';
import { defineController } from '../src/model/controller.ts';
import { packageRoot } from '../src/paths.ts';

const podLabels = { application: 'skipper-ingress' };
const ports = { http: 9999, https: 9999, status: 9911 };

export default defineController({
  name: 'skipper',
  title: 'Skipper',
  version: '0.27.106',
  homepage: 'https://opensource.zalando.com/skipper/kubernetes/ingress-controller/',
  experimental: true,
  servesUnclassed: true,
  images: ['ghcr.io/zalando/skipper:v0.27.106'],
  ingressClass: 'skipper',
  podLabels,
  ports,
  async manifests({ ingressClass }) {
    const objects = await readManifest(join(packageRoot, 'fixtures/controllers/skipper/skipper.yaml'));
    for (const { kind, spec } of objects) {
      // A pattern: the whole name has to match.
      if (kind === 'Deployment')
        spec.template.spec.containers[0].args.push(`-kubernetes-ingress-class=^${ingressClass}$`);
    }
    // It reads no IngressClass, so what that says of a controller is ours to choose.
    return [
      ...objects,
      ingressClassManifest(ingressClass, 'zalando.org/skipper'),
      frontServiceManifest({ podLabels, ports }),
    ];
  },
  knownDeviations: [],
});
