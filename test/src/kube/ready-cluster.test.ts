import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { readyCluster } from '../../../src/kube/ready-cluster.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { apiServer } from './api-server.ts';
import { deployment, writeStatus } from './objects.ts';

describe('a cluster that was just made', function () {
  this.timeout(0); // the first run may have to build the API server

  it('is waited for until its DNS is there, even where that is made after its nodes are Ready', async () => {
    const api = await apiServer();
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'ready-cluster-test' } };
    const dns = deployment('kube-system', 'coredns');
    try {
      await api.kube.apply([node]);
      await writeStatus(api, node, {
        conditions: [{ type: 'Ready', status: 'True' }],
        nodeInfo: { kubeletVersion: 'v1.36.2+k3s1' },
      });
      const ready = readyCluster(api.kube, 1, silentProgress);
      expect(await Promise.race([ready, pause(500, 'not yet')])).to.equal('not yet');
      await api.kube.apply([dns]);
      const made = await api.kube.get({ ...dns, name: 'coredns', namespace: 'kube-system' });
      await writeStatus(api, dns, {
        observedGeneration: made?.metadata.generation,
        ...{ replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 },
      });
      expect(await ready).to.equal('v1.36.2+k3s1');
    } finally {
      await api.kube.remove([
        { ...node, name: node.metadata.name },
        { ...dns, namespace: 'kube-system', name: 'coredns' },
      ]);
    }
  });
});
