import { expect } from 'chai';
import { explainPod, podTrouble } from '../../../src/kube/explain-pod.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';

const pod = (status: object, image = 'nginx:nope'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'default', name: 'web-1' },
  spec: { containers: [{ name: 'web', image }] },
  status: { phase: 'Pending', ...status },
});
const waiting = (reason: string, message = '', more = {}) =>
  pod({ containerStatuses: [{ name: 'web', ready: false, state: { waiting: { reason, message } }, ...more }] });
const event = (reason: string, message: string, lastTimestamp: string, type = 'Warning'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: `e-${lastTimestamp}` },
  type,
  reason,
  message,
  lastTimestamp,
});

describe('the diagnosis of a pod', () => {
  it('names image and event of a pull that fails', () => {
    const events = [
      event('Failed', 'Failed to pull image "nginx:nope": not found', '2026-01-01T00:00:01Z'),
      event('Failed', 'Error: ImagePullBackOff', '2026-01-01T00:00:02Z'),
      event('BackOff', 'Back-off pulling image "nginx:nope"', '2026-01-01T00:00:03Z', 'Normal'),
    ];
    const troubled = waiting('ImagePullBackOff', 'Back-off pulling image "nginx:nope"');
    expect(podTrouble(troubled)).to.deep.equal({ reason: 'ImagePullBackOff', container: 'web', final: true });
    expect(explainPod(troubled, events)).to.equal(
      'pod default/web-1: ImagePullBackOff in container web, image nginx:nope: Back-off pulling image "nginx:nope"\n' +
        '  last event: Failed: Failed to pull image "nginx:nope": not found',
    );
  });

  it('gives a first failed pull time to become a back-off', () => {
    expect(podTrouble(waiting('ErrImagePull'))?.final).to.equal(false);
  });

  it('names exit code and last log lines of a crash loop', () => {
    const troubled = waiting('CrashLoopBackOff', 'back-off 10s restarting', {
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
    expect(podTrouble(troubled)?.final).to.equal(true);
    expect(explainPod(troubled, [], 'starting\nno configuration\n')).to.equal(
      'pod default/web-1: CrashLoopBackOff in container web, image nginx:nope, exit code 3: back-off 10s restarting\n' +
        '  last lines of its log:\n    starting\n    no configuration',
    );
  });

  it('names what the kubelet says of a container it cannot create', () => {
    expect(explainPod(waiting('CreateContainerError', 'no such volume'), [])).to.contain(
      'CreateContainerError in container web, image nginx:nope: no such volume',
    );
  });

  it('says why nothing schedules it', () => {
    const message = '0/1 nodes are available: insufficient memory';
    const troubled = pod({
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    });
    expect(podTrouble(troubled)).to.deep.equal({ reason: 'Unschedulable', final: false });
    expect(explainPod(troubled, [])).to.equal(`pod default/web-1: Unschedulable: ${message}`);
  });

  it('shows the last probe of one that runs but never gets ready', () => {
    const troubled = pod({
      phase: 'Running',
      containerStatuses: [{ name: 'web', ready: false, state: { running: {} } }],
    });
    const events = [
      event('Unhealthy', 'Readiness probe failed: status 500', '2026-01-01T00:00:01Z'),
      event('Unhealthy', 'Readiness probe failed: status 503', '2026-01-01T00:00:09Z'),
      event('Started', 'Started container web', '2026-01-01T00:00:10Z', 'Normal'),
    ];
    expect(explainPod(troubled, events)).to.equal(
      'pod default/web-1: NotReady: running but never ready: container web\n' +
        '  last event: Unhealthy: Readiness probe failed: status 503',
    );
  });

  it('sees an init container that fails', () => {
    const troubled = pod({
      initContainerStatuses: [{ name: 'setup', state: { waiting: { reason: 'CrashLoopBackOff' } } }],
      containerStatuses: [{ name: 'web', state: { waiting: { reason: 'PodInitializing' } } }],
    });
    expect(podTrouble(troubled)?.container).to.equal('setup');
  });

  it('finds no trouble in a pod that is Ready, leaving or done', () => {
    const ready = pod({ conditions: [{ type: 'Ready', status: 'True' }] });
    const leaving = { ...pod({}), metadata: { name: 'web-1', deletionTimestamp: '2026-01-01T00:00:00Z' } };
    for (const fine of [ready, leaving, pod({ phase: 'Succeeded' })]) expect(podTrouble(fine)).to.equal(undefined);
  });
});
