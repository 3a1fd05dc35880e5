import { expect } from 'chai';
import { ended, event, isReady, podWhen, ready, remove, statusOf } from './observe.ts';
import { type Claims, container, idle, pod, podKind, podOf, type Workbench } from './workbench.ts';

// Keeps the object after the pod has ended, so that its last status can be read.
const finalizers = ['ingress-assay.dev/hold'];

/** How the container of a deleted pod ended, its last words included: its log may be gone by then, with the container. */
const lastOf = async (bench: Workbench, name: string) => {
  const gone = await podWhen(bench, name, 'to be stopped', (one) => statusOf(one)?.state.terminated);
  await bench.kube.patch([
    { object: { ...podKind, name, namespace: bench.namespace }, patch: { metadata: { finalizers: null } } },
  ]);
  return statusOf(gone).state.terminated;
};

export const lifecycle: Claims = (bench, given) => {
  describe('lifecycle', () => {
    const announce = `require('fs').writeFileSync('/tmp/up', '')`;
    const say = (text: string): string => `require('fs').writeFileSync('/dev/termination-log', ${text})`;
    const up = { readinessProbe: { exec: { command: ['cat', '/tmp/up'] }, periodSeconds: 1 } };
    given(
      pod('ends-well', 'console.log("done")'),
      pod('ends-badly', 'require("fs").writeFileSync("/dev/termination-log", "my last words"); process.exit(42)'),
      pod('ends-loudly', 'console.error("what went wrong"); process.exit(1)', {
        terminationMessagePolicy: 'FallbackToLogsOnError',
      }),
      pod('crashes', 'process.exit(1)', {}, { restartPolicy: 'Always' }),
      podOf('crashes-once', {
        restartPolicy: 'Always',
        volumes: [{ name: 'notes', emptyDir: {} }],
        containers: [
          container(
            `if (require('fs').existsSync('/notes/tried')) { console.log('second'); ${idle} } else { require('fs').writeFileSync('/notes/tried', ''); console.log('first'); process.exit(1) }`,
            { volumeMounts: [{ name: 'notes', mountPath: '/notes' }] },
          ),
        ],
      }),
      pod('no-program', '', { command: ['/no/such/program'], args: [] }),
      podOf(
        'stops',
        {
          terminationGracePeriodSeconds: 60,
          containers: [
            container(
              `process.on('SIGTERM', () => { ${say(`'SIGTERM, hook: ' + require('fs').existsSync('/tmp/hook')`)}; process.exit(0) }); setInterval(() => {}, 1e6); ${announce}`,
              { lifecycle: { preStop: { exec: { command: ['touch', '/tmp/hook'] } } }, ...up },
            ),
          ],
        },
        { finalizers },
      ),
      podOf(
        'does-not-stop',
        {
          terminationGracePeriodSeconds: 2,
          containers: [
            container(
              `process.on('SIGTERM', () => ${say(`'SIGTERM'`)}); require('child_process').spawn('sleep', ['1000']); setInterval(() => {}, 1e6); ${announce}`,
              up,
            ),
          ],
        },
        { finalizers },
      ),
      pod('post-start', idle, {
        lifecycle: { postStart: { exec: { command: ['sh', '-c', 'echo started > /tmp/hook'] } } },
        readinessProbe: { exec: { command: ['grep', 'started', '/tmp/hook'] }, periodSeconds: 1 },
      }),
      pod(
        'post-start-fails',
        idle,
        { lifecycle: { postStart: { exec: { command: ['sh', '-c', 'echo no luck >&2; exit 3'] } } } },
        { restartPolicy: 'Always' },
      ),
      pod('bad-image', '', { image: 'registry.invalid/no/such:1' }),
    );

    it('ends in Succeeded with code 0', async () => {
      const pod = await ended(bench, 'ends-well');
      expect(pod.status.phase).to.equal('Succeeded');
      expect(statusOf(pod).state.terminated).to.include({ exitCode: 0, reason: 'Completed' });
    });

    it('ends in Failed with the code and the last words', async () => {
      const pod = await ended(bench, 'ends-badly');
      expect(pod.status.phase).to.equal('Failed');
      expect(statusOf(pod).state.terminated).to.include({ exitCode: 42, reason: 'Error', message: 'my last words' });
    });

    it('takes the last words from the log where asked', async () => {
      expect(statusOf(await ended(bench, 'ends-loudly')).state.terminated.message).to.include('what went wrong');
    });

    it('names a program that is not there', async () => {
      const pod = await ended(bench, 'no-program');
      const { reason, message } = statusOf(pod).state.terminated;
      expect(reason).to.match(/^(StartError|ContainerCannotRun)$/);
      expect(message).to.include('/no/such/program');
    });

    it('runs preStop, then sends SIGTERM, and takes the code the program ends with', async () => {
      await ready(bench, 'stops');
      await remove(bench, 'stops');
      expect(await lastOf(bench, 'stops')).to.include({
        exitCode: 0,
        reason: 'Completed',
        message: 'SIGTERM, hook: true',
      });
    });

    it('kills after the grace period what does not stop', async () => {
      await ready(bench, 'does-not-stop');
      await remove(bench, 'does-not-stop');
      expect(await lastOf(bench, 'does-not-stop')).to.include({ exitCode: 137, reason: 'Error', message: 'SIGTERM' });
    });

    it('runs postStart', async () => {
      await ready(bench, 'post-start');
    });

    it('restarts a container whose postStart fails, saying why', async () => {
      await podWhen(bench, 'post-start-fails', 'to be restarted', (one) => statusOf(one)?.restartCount > 0);
      await event(bench, 'post-start-fails', 'FailedPostStartHook', /failed/);
    });

    it('starts what crashes again, later and later', async () => {
      const pod = await podWhen(
        bench,
        'crashes',
        'to back off',
        (one) => statusOf(one)?.restartCount > 1 && statusOf(one).state.waiting?.reason === 'CrashLoopBackOff',
      );
      expect(statusOf(pod).state.waiting.message).to.match(/back-off \d+/);
    });

    it('keeps the log of the container before', async () => {
      await podWhen(bench, 'crashes-once', 'to run again', (one) => statusOf(one)?.restartCount > 0 && isReady(one));
      const name = { namespace: bench.namespace, name: 'crashes-once' };
      expect(await bench.kube.logs(name, { previous: true })).to.equal('first\n');
    });

    it('names the image it cannot bring', async () => {
      const pod = await podWhen(
        bench,
        'bad-image',
        'to back off',
        (one) => statusOf(one)?.state.waiting?.reason === 'ImagePullBackOff',
      );
      expect(statusOf(pod).state.waiting.message).to.include('registry.invalid/no/such:1');
      await event(bench, 'bad-image', 'Failed', /registry\.invalid\/no\/such:1/);
    });
  });
};
