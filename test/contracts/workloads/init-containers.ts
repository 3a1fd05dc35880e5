import { expect } from 'chai';
import { ended, logs, podWhen, ready, statusOf } from './observe.ts';
import { type Claims, container, idle, podOf } from './workbench.ts';

const note = (text: string): string => `require('fs').appendFileSync('/notes/all', '${text} ')`;
const notes = { volumeMounts: [{ name: 'notes', mountPath: '/notes' }] };
const volumes = [{ name: 'notes', emptyDir: {} }];

export const initContainers: Claims = (bench, given) => {
  describe('init containers', () => {
    given(
      podOf('init-order', {
        volumes,
        initContainers: [
          container(`setTimeout(() => { ${note('first')} }, 300)`, { name: 'first', ...notes }),
          container(note('second'), { name: 'second', ...notes }),
        ],
        containers: [container(`console.log(require('fs').readFileSync('/notes/all', 'utf8'))`, notes)],
      }),
      podOf('init-fails', {
        initContainers: [container('process.exit(9)', { name: 'first' })],
        containers: [container('console.log("ran")')],
      }),
      podOf('init-retries', {
        restartPolicy: 'Always',
        volumes,
        initContainers: [
          container(`${note('try')}; process.exit(require('fs').readFileSync('/notes/all').length > 4 ? 0 : 1)`, {
            name: 'first',
            ...notes,
          }),
        ],
        containers: [container(idle)],
      }),
      podOf('init-sidecar', {
        volumes,
        initContainers: [
          container(
            `${note('sidecar')}; process.on('SIGTERM', () => { console.log(require('fs').readFileSync('/notes/all', 'utf8')); process.exit() }); setInterval(() => {}, 1e6)`,
            {
              name: 'sidecar',
              restartPolicy: 'Always',
              startupProbe: { exec: { command: ['test', '-s', '/notes/all'] }, periodSeconds: 1, failureThreshold: 60 },
              ...notes,
            },
          ),
        ],
        containers: [container(note('main'), notes)],
      }),
    );

    it('run one after the other, before the others', async () => {
      await ended(bench, 'init-order');
      expect(await logs(bench, 'init-order')).to.equal('first second \n');
    });

    it('end a pod that is never restarted when one fails; the others never run', async () => {
      const pod = await ended(bench, 'init-fails');
      expect(pod.status.phase).to.equal('Failed');
      expect(statusOf(pod, 'first').state.terminated).to.include({ exitCode: 9, reason: 'Error' });
      expect(statusOf(pod).state.terminated).to.equal(undefined);
    });

    it('are tried again until they succeed', async () => {
      const pod = await ready(bench, 'init-retries');
      expect(statusOf(pod, 'first').restartCount).to.equal(1);
    });

    it('that go on as sidecars start first and are stopped last', async () => {
      await ended(bench, 'init-sidecar');
      const pod = await podWhen(bench, 'init-sidecar', 'to end', (one) => statusOf(one, 'sidecar').state.terminated);
      expect(statusOf(pod, 'sidecar').state.terminated.exitCode).to.equal(0);
      expect(await logs(bench, 'init-sidecar', 'sidecar')).to.equal('sidecar main \n');
    });
  });
};
