// A program: serves the runtime inside the namespaces it was started in, until its standard input ends.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { type Image, startRuntime } from '../../../../clusters/local/cri/runtime.ts';
import { usageError } from '../../../../src/model/errors.ts';

const [folder = ''] = process.argv.slice(2);
const node: Image = {
  name: 'node',
  entrypoint: [process.execPath],
  env: { IMAGE: 'node' },
  folders: [dirname(process.execPath)],
};
const find = (ref: string): Image | undefined => (/^(docker\.io\/library\/)?node(:.*)?$/.test(ref) ? node : undefined);

execFileSync('ip', ['link', 'set', 'lo', 'up']);
const runtime = await startRuntime({
  socket: `${folder}/cri.sock`,
  folder: `${folder}/cri`,
  podCidr: '10.244.0.0/24',
  nodeAddress: '172.18.0.2',
  images: {
    find,
    list: () => [node],
    async pull(ref, report) {
      report('looking');
      const image = find(ref);
      if (!image) throw usageError('image-not-found', `no program stands for image "${ref}"`);
      return image;
    },
  },
  onUnsupported: (pod, { feature, container }) => console.log(`unsupported ${pod.name} ${container} ${feature}`),
});
console.log(`ready ${process.pid}`);
process.stdin.resume().on('end', async () => {
  await runtime[Symbol.asyncDispose]();
  console.log('disposed');
  process.exit();
});
