import { expect } from 'chai';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';
import { podWhen, printed, statusOf } from './observe.ts';
import { type Claims, configMap, container, pod, podOf, print, secret } from './workbench.ts';

const fieldRef = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

export const environment: Claims = (bench, given) => {
  describe('environment', () => {
    given(
      configMap('env-config', { colour: 'blue', 'not.a.shell.name': 'dotted' }),
      secret('env-secret', { password: 's3cret\n' }),
      pod('env-value', print('[process.env.PLAIN, process.env.MADE, process.env.ESCAPED, process.argv[1]]'), {
        env: [
          { name: 'PLAIN', value: 'a "quoted" $HOME\nline' },
          { name: 'MADE', value: 'x-$(PLAIN)' },
          { name: 'ESCAPED', value: '$$(PLAIN)' },
        ],
        args: [
          '-e',
          print('[process.env.PLAIN, process.env.MADE, process.env.ESCAPED, process.argv[1]]'),
          '--',
          '$(PLAIN)',
        ],
      }),
      podOf(
        'env-field',
        {
          containers: [
            container(print('process.env'), {
              env: [
                fieldRef('NAME', 'metadata.name'),
                fieldRef('NAMESPACE', 'metadata.namespace'),
                fieldRef('UID', 'metadata.uid'),
                fieldRef('LABEL', "metadata.labels['app']"),
                fieldRef('NOTE', "metadata.annotations['note']"),
                fieldRef('NODE', 'spec.nodeName'),
                fieldRef('ACCOUNT', 'spec.serviceAccountName'),
                fieldRef('POD_IP', 'status.podIP'),
                fieldRef('HOST_IP', 'status.hostIP'),
              ],
            }),
          ],
        },
        { annotations: { note: 'noted' } },
      ),
      pod('env-resource', print('process.env'), {
        resources: { requests: { memory: '64Mi', cpu: '10m' }, limits: { cpu: '1500m' } },
        env: [
          { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
          { name: 'MEMORY', valueFrom: { resourceFieldRef: { resource: 'requests.memory' } } },
        ],
      }),
      pod('env-reference', print('process.env'), {
        env: [
          { name: 'COLOUR', valueFrom: { configMapKeyRef: { name: 'env-config', key: 'colour' } } },
          { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'env-secret', key: 'password' } } },
          { name: 'ABSENT', valueFrom: { configMapKeyRef: { name: 'no-such', key: 'x', optional: true } } },
        ],
      }),
      pod('env-from', print('process.env'), {
        envFrom: [{ configMapRef: { name: 'env-config' } }, { prefix: 'S_', secretRef: { name: 'env-secret' } }],
      }),
      pod('env-missing', '', { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'no-such', key: 'x' } } }] }),
    );

    it('gives plain values exactly, and expands references to earlier ones, in args too', async () => {
      const plain = 'a "quoted" $HOME\nline';
      expect(await printed(bench, 'env-value')).to.deep.equal([plain, `x-${plain}`, '$(PLAIN)', plain]);
    });

    it('gives fields of the pod', async () => {
      const seen = await printed(bench, 'env-field');
      const { metadata, spec, status } = await podWhen(bench, 'env-field', 'to be there', () => true);
      expect(seen).to.include({
        NAME: metadata.name,
        NAMESPACE: bench.namespace,
        UID: metadata.uid,
        LABEL: 'env-field',
        NOTE: 'noted',
        NODE: spec.nodeName,
        ACCOUNT: 'default',
        POD_IP: status.podIP,
        HOST_IP: status.hostIP,
        HOSTNAME: metadata.name,
      });
      expect(bench.cluster.nodes.map(({ name }) => name)).to.include(spec.nodeName);
    });

    it('gives requests and limits', async () => {
      expect(await printed(bench, 'env-resource')).to.include({ CPU: '1500', MEMORY: String(64 * 1024 * 1024) });
    });

    it('gives keys of ConfigMaps and Secrets, and leaves out optional ones that are not there', async () => {
      const seen = await printed(bench, 'env-reference');
      expect(seen).to.include({ COLOUR: 'blue', PASSWORD: 's3cret\n' });
      expect(seen).not.to.have.property('ABSENT');
    });

    it('gives all keys of ConfigMaps and Secrets', async () => {
      expect(await printed(bench, 'env-from')).to.include({ colour: 'blue', S_password: 's3cret\n' });
    });

    it('gives the address of the API', async () => {
      expect(await printed(bench, 'env-from'))
        .to.have.property('KUBERNETES_SERVICE_HOST')
        .that.match(/^[\d.]+$/);
    });

    it('does not start a container whose Secret is not there, and names it', async () => {
      // Until the API lets the node see what a new pod refers to, the kubelet says that it timed out.
      const isRefused = (one: KubernetesObject) => {
        const { reason, message } = statusOf(one)?.state.waiting ?? {};
        return reason === 'CreateContainerConfigError' && message?.includes('"no-such" not found');
      };
      await podWhen(bench, 'env-missing', 'to be refused by name', isRefused);
    });
  });
};
