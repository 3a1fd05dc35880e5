import { expect } from 'chai';
import { event, isReady, podWhen, ready, statusOf } from './observe.ts';
import { type Claims, idle, pod, serve } from './workbench.ts';

const often = { periodSeconds: 1, failureThreshold: 1 };
const turns = serve(
  8080,
  `request.url === '/break' ? (globalThis.broken = true) : globalThis.broken ? (response.statusCode = 500) : 'ok'`,
);

export const probes: Claims = (bench, given) => {
  describe('probes', () => {
    const restarted = { restartPolicy: 'Always' };
    given(
      pod('probe-http', turns, { readinessProbe: { httpGet: { path: '/', port: 8080 }, ...often } }),
      pod(
        'probe-tcp',
        `${idle}; const open = () => { if (require('fs').existsSync('/tmp/up')) { watcher.close(); require('net').createServer().listen(9000) } }; const watcher = require('fs').watch('/tmp', open); open()`,
        {
          ports: [{ name: 'late', containerPort: 9000 }],
          readinessProbe: { tcpSocket: { port: 'late' }, ...often },
        },
      ),
      pod('probe-exec', idle, {
        readinessProbe: { exec: { command: ['cat', '/tmp/up'] }, ...often },
      }),
      pod(
        'probe-liveness',
        `${idle}; console.log('up')`,
        { livenessProbe: { exec: { command: ['sh', '-c', 'echo no; exit 1'] }, ...often } },
        restarted,
      ),
      pod(
        'probe-slow',
        idle,
        { livenessProbe: { exec: { command: ['sleep', '60'] }, timeoutSeconds: 1, ...often } },
        restarted,
      ),
      pod(
        'probe-startup',
        `${idle}; setTimeout(() => require('net').createServer().listen(9000), 2500)`,
        {
          startupProbe: { tcpSocket: { port: 9000 }, periodSeconds: 1, failureThreshold: 60 },
          livenessProbe: { tcpSocket: { port: 9000 }, ...often },
        },
        restarted,
      ),
    );

    const within = async (name: string, argv: readonly string[]) => {
      await using started = await bench.cluster.start({ kind: 'pod', namespace: bench.namespace, name }, argv);
      expect((await started.exited).code).to.equal(0);
    };

    it('over HTTP make a pod ready, and not ready once it answers with an error', async () => {
      const { status } = await ready(bench, 'probe-http');
      const program = `fetch('http://${status.podIP}:8080/break').then((answer) => answer.text())`;
      await within('probe-http', ['node', '-e', program]);
      await podWhen(bench, 'probe-http', 'to become unready', (one) => !isReady(one));
      await event(bench, 'probe-http', 'Unhealthy', /statuscode: 500/);
    });

    it('over TCP make a pod ready once the port is open, not before', async () => {
      await event(bench, 'probe-tcp', 'Unhealthy', /connection refused/);
      await within('probe-tcp', ['touch', '/tmp/up']);
      await ready(bench, 'probe-tcp');
    });

    it('by a program make a pod ready once it succeeds, not before', async () => {
      await event(bench, 'probe-exec', 'Unhealthy', /\/tmp\/up/);
      await within('probe-exec', ['touch', '/tmp/up']);
      await ready(bench, 'probe-exec');
    });

    it('of liveness restart the container, saying why', async () => {
      await podWhen(bench, 'probe-liveness', 'to be restarted', (one) => statusOf(one)?.restartCount > 0);
      await event(bench, 'probe-liveness', 'Killing', /failed liveness probe/);
    });

    it('that take too long have failed', async () => {
      await podWhen(bench, 'probe-slow', 'to be restarted', (one) => statusOf(one)?.restartCount > 0);
      await event(bench, 'probe-slow', 'Unhealthy', /timed? ?out|deadline/i);
    });

    it('of startup hold the others back', async () => {
      const pod = await ready(bench, 'probe-startup');
      expect(statusOf(pod).restartCount).to.equal(0);
    });
  });
};
