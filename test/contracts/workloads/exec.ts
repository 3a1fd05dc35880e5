import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { ready } from './observe.ts';
import { type Claims, idle, pod } from './workbench.ts';

export const exec: Claims = (bench, given) => {
  describe('a program started in a pod', () => {
    given(pod('exec-target', idle, { env: [{ name: 'COLOUR', value: 'blue' }], workingDir: '/srv' }));
    const place = { kind: 'pod', namespace: bench.namespace, name: 'exec-target' } as const;

    it('has the pod’s name, environment, folder and processes, and its standard streams', async () => {
      await ready(bench, 'exec-target');
      const program = `process.stdin.on('data', (chunk) => { process.stdout.write(chunk + [require('os').hostname(), process.env.COLOUR, process.cwd(), require('fs').readdirSync('/proc').filter(Number).length].join(' ')); process.exit(4) })`;
      await using started = await bench.cluster.start(place, ['node', '-e', program]);
      started.stdin.write('asked: ');
      const [said, ended] = await Promise.all([text(started.stdout), started.exited]);
      expect(said).to.equal('asked: exec-target blue /srv 2');
      expect(ended.code).to.equal(4);
    });

    it('is refused where the pod is not there', async () => {
      const start = bench.cluster.start({ ...place, name: 'no-such' }, ['node', '-e', '']);
      const refused = await start.then(async (started) => {
        const [said, { code }] = await Promise.all([text(started.stderr), started.exited]);
        expect(code).to.not.equal(0);
        return said;
      }, String);
      expect(refused).to.include('no-such');
    });
  });
};
