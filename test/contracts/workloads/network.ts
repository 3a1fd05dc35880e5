import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { printed, ready } from './observe.ts';
import { type Claims, container, podOf, print, serve, type Workbench } from './workbench.ts';

const service = (name: string, spec: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: 'network-server' }, ports: [{ port: 80, targetPort: 'web' }], ...spec },
});

/** Applies a pod that prints a value and returns the value. */
async function ask(bench: Workbench, name: string, expression: string, spec: object = {}) {
  const asking = podOf(name, { containers: [container(print(expression))], ...spec });
  await bench.kube.apply([{ ...asking, metadata: { ...asking.metadata, namespace: bench.namespace } }]);
  return printed(bench, name);
}

export const network: Claims = (bench, given) => {
  describe('network', () => {
    const answers = `JSON.stringify([process.env.HOSTNAME, request.socket.remoteAddress.replace('::ffff:', '')])`;
    given(
      podOf('network-server', {
        hostname: 'given-name',
        subdomain: 'network-headless',
        containers: [
          container(serve(8080, answers), {
            ports: [{ name: 'web', containerPort: 8080 }],
            readinessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 1 },
          }),
        ],
      }),
      service('network-service', {}),
      service('network-headless', { clusterIP: 'None' }),
    );
    const fetchText = (url: string): string => `fetch('${url}').then((answer) => answer.json())`;

    it('gives a pod an address that others reach, and see its own', async () => {
      const { status } = await ready(bench, 'network-server');
      const seen = await ask(bench, 'network-client', fetchText(`http://${status.podIP}:8080/`));
      const client = await addressOf(bench, 'network-client');
      expect(seen).to.deep.equal(['given-name', client]);
    });

    it('reaches a Service by name, short and long', async () => {
      await ready(bench, 'network-server');
      const names = [
        'network-service',
        `network-service.${bench.namespace}`,
        `network-service.${bench.namespace}.svc.cluster.local`,
      ];
      const answers = names.map((name) => fetchText(`http://${name}/`));
      const seen = await ask(bench, 'network-names', `Promise.all([${answers.join(', ')}])`);
      expect(seen.map(([name]: string[]) => name)).to.deep.equal(['given-name', 'given-name', 'given-name']);
    });

    it('finds the pods of a headless Service, together and one by one', async () => {
      const { status } = await ready(bench, 'network-server');
      const lookups = ['network-headless', 'given-name.network-headless'].map(
        (name) => `require('dns').promises.lookup('${name}').then(({ address }) => address)`,
      );
      expect(await ask(bench, 'network-lookups', `Promise.all([${lookups.join(', ')}])`)).to.deep.equal([
        status.podIP,
        status.podIP,
      ]);
    });

    it('says no to a name that is not there', async () => {
      const lookup = `require('dns').promises.lookup('no-such-service').catch(({ code }) => code)`;
      expect(await ask(bench, 'network-unknown', lookup)).to.equal('ENOTFOUND');
    });

    it('shares localhost among the containers of a pod', async () => {
      const client = `(async () => { for (;;) try { return await ${fetchText('http://127.0.0.1:8080/')} } catch {} })()`;
      const server = container(serve(8080, answers), { name: 'server', restartPolicy: 'Always' });
      const seen = await ask(bench, 'network-shared', client, { initContainers: [server] });
      expect(seen[1]).to.equal('127.0.0.1');
    });

    it('gives the node’s own network where asked', async () => {
      const addresses = `Object.values(require('os').networkInterfaces()).flat().map(({ address }) => address)`;
      const seen = await ask(bench, 'network-host', addresses, { hostNetwork: true });
      expect(seen).to.include(await hostOf(bench, 'network-host'));
    });
  });
};

const statusField = async (bench: Workbench, name: string, field: 'podIP' | 'hostIP'): Promise<string> => {
  const pod = await bench.kube.get({ apiVersion: 'v1', kind: 'Pod', name, namespace: bench.namespace });
  return pod?.status[field];
};
const addressOf = (bench: Workbench, name: string): Promise<string> => statusField(bench, name, 'podIP');
const hostOf = (bench: Workbench, name: string): Promise<string> => statusField(bench, name, 'hostIP');
