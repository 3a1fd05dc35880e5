import { defineProgram } from '../src/model/program.ts';

/**
 * A build of ingress-nginx as a program of this machine, which takes what the image's entry point takes: docs/controllers.md. Nobody
 * publishes one, so it is found or not. From 1.12 on its defaults are others (strict-validate-path-type).
 */
export default defineProgram({
  name: 'ingress-nginx',
  summary: 'the ingress controller ingress-nginx, built for this machine',
  version: '1.11.0',
  probe: { args: ['--version'], pattern: /Release:\s+(\S+)/ },
  sources: [{ kind: 'path', folderVariable: 'INGRESS_NGINX_FOLDER', below: '1.12' }],
  images: ['registry.k8s.io/ingress-nginx/controller'],
});
