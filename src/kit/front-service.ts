import type { Controller } from '../model/controller.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

/** Name of the Service in front of every controller, and its NodePorts: the tutorial's, and one for TLS beside them. */
export const frontService = { name: 'nginx-ingress', http: 30000, https: 30443, status: 32767 } as const;

/** The tutorial's way in: a NodePort Service that selects the controller's pods. */
export const frontServiceManifest = ({
  podLabels,
  ports,
}: Pick<Controller, 'podLabels' | 'ports'>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: frontService.name },
  spec: {
    type: 'NodePort',
    selector: podLabels,
    ports: [
      { name: 'http', port: 80, targetPort: ports.http, nodePort: frontService.http },
      { name: 'https', port: 443, targetPort: ports.https, nodePort: frontService.https },
      { name: 'status', port: 18080, targetPort: ports.status, nodePort: frontService.status },
    ],
  },
});
