import { expect } from 'chai';
import { ended, podWhen } from './observe.ts';
import { type Claims, pod } from './workbench.ts';

export const logsClaims: Claims = (bench, given) => {
  describe('logs', () => {
    given(
      pod(
        'logs-both',
        `console.log('out'); console.error('err'); console.log('x'.repeat(50000)); process.stdout.write('no newline')`,
      ),
      pod(
        'logs-follow',
        `let n = 0; require('fs').watch('/tmp').on('change', () => { console.log(n++); if (n === 5) process.exit() })`,
        {
          readinessProbe: { exec: { command: ['sh', '-c', 'mktemp /tmp/XXXXXX'] }, periodSeconds: 1 },
        },
      ),
    );

    it('hold what was written to both streams, long lines whole', async () => {
      await ended(bench, 'logs-both');
      const log = await bench.kube.logs({ namespace: bench.namespace, name: 'logs-both' });
      expect(log.split('\n').sort()).to.deep.equal(['err', 'no newline', 'out', 'x'.repeat(50000)]);
    });

    it('can be followed line by line while they are written, to the end', async () => {
      await podWhen(bench, 'logs-follow', 'to have begun', ({ status }) => status.phase !== 'Pending');
      let seen = '';
      for await (const text of bench.follow('logs-follow')) seen += text;
      expect(seen).to.equal('0\n1\n2\n3\n4\n');
    });

    it('can be had from the end', async () => {
      await ended(bench, 'logs-follow');
      const name = { namespace: bench.namespace, name: 'logs-follow' };
      expect(await bench.kube.logs(name, { tailLines: 2 })).to.equal('3\n4\n');
    });
  });
};
