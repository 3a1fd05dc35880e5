import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { start } from './pod.ts';

describe('the CRI runtime: volumes', () => {
  let bench: Bench;
  let folder: string;
  before(async () => {
    bench = await startBench();
    folder = `${bench.folder}/volumes with space`;
    await mkdir(`${folder}/a/sub`, { recursive: true });
    await mkdir(`${folder}/b`);
    await mkdir(`${folder}/html/sub`, { recursive: true });
    await writeFile(`${folder}/a/file`, 'text');
    await writeFile(`${folder}/a/sub/deep`, 'deep');
  });
  after(() => bench?.[Symbol.asyncDispose]());

  const json = async (program: string, mounts: object[]) => {
    const container = await start(bench, `const fs = require('fs'); console.log(JSON.stringify(${program}))`, {
      mounts,
    });
    const { exit_code } = await container.ended();
    assert.equal(exit_code, 0, await container.log());
    return JSON.parse(await container.log());
  };
  const attempt = (body: string) => `(() => { try { ${body}; return 'done' } catch (error) { return error.code } })()`;

  it('binds folders and single files where they are wanted, in any order', async () => {
    const seen = await json(
      `['/data/file', '/data/nested/deep', '/etc/app/one.conf'].map((path) => fs.readFileSync(path, 'utf8'))`,
      [
        { container_path: '/data/nested', host_path: `${folder}/a/sub` },
        { container_path: '/etc/app/one.conf', host_path: `${folder}/a/file` },
        { container_path: '/data', host_path: `${folder}/a` },
      ],
    );
    assert.deepEqual(seen, ['text', 'deep', 'text']);
  });

  it('makes read-only mounts really read-only', async () => {
    const seen = await json(
      `[${attempt(`fs.writeFileSync('/ro/x', '')`)}, ${attempt(`fs.writeFileSync('/ro-file', '')`)}, ${attempt(`fs.writeFileSync('/rw/x', '')`)}]`,
      [
        { container_path: '/ro', host_path: `${folder}/a`, readonly: true },
        { container_path: '/ro-file', host_path: `${folder}/a/file`, readonly: true },
        { container_path: '/rw', host_path: `${folder}/b` },
      ],
    );
    assert.deepEqual(seen, ['EROFS', 'EROFS', 'done']);
    assert.isTrue(existsSync(`${folder}/b/x`));
    assert.equal(await readFile(`${folder}/a/file`, 'utf8'), 'text');
  });

  it('mounts below folders of the machine, which keep what else they hold', async () => {
    const seen = await json(
      `[fs.readdirSync('/usr/share/no-such/html'), fs.readFileSync('/etc/ssl/certs/own.pem', 'utf8'), fs.existsSync('/usr/bin/env')]`,
      [
        { container_path: '/usr/share/no-such/html', host_path: `${folder}/html` },
        { container_path: '/etc/ssl/certs/own.pem', host_path: `${folder}/a/file` },
      ],
    );
    assert.deepEqual(seen, [['sub'], 'text', true]);
    assert.isFalse(existsSync('/usr/share/no-such'));
  });

  it('follows the tree’s own symbolic links to the mount point', async () => {
    const token = '/var/run/secrets/kubernetes.io/serviceaccount';
    const seen = await json(
      `[fs.readFileSync('${token}/file', 'utf8'), fs.readFileSync('/run${token.slice(8)}/file', 'utf8')]`,
      [{ container_path: token, host_path: `${folder}/a`, readonly: true }],
    );
    assert.deepEqual(seen, ['text', 'text']);
  });

  it('makes a host folder that is not there', async () => {
    await json(attempt(`fs.writeFileSync('/new/x', '')`), [
      { container_path: '/new', host_path: `${folder}/new/deep` },
    ]);
    assert.isTrue(existsSync(`${folder}/new/deep/x`));
  });

  it('shows mounts made later on the node with HostToContainer, and on the node those of the container with Bidirectional', async () => {
    const wait = (path: string) => `while (!fs.existsSync('${path}'));`;
    const container = await start(
      bench,
      `const fs = require('fs'); console.log('up'); ${wait('/slave/late/mark')} console.log('seen', fs.existsSync('/private/late/mark'));
       require('child_process').execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/shared/back']); fs.writeFileSync('/shared/back/mark', '');
       setInterval(() => {}, 1e6); console.log('mounted')`,
      {
        mounts: [
          { container_path: '/private', host_path: `${folder}/b` },
          { container_path: '/slave', host_path: `${folder}/b`, propagation: 'PROPAGATION_HOST_TO_CONTAINER' },
          { container_path: '/shared', host_path: `${folder}/b`, propagation: 'PROPAGATION_BIDIRECTIONAL' },
        ],
        linux: { security_context: { privileged: true } },
      },
    );
    await mkdir(`${folder}/b/late`);
    await mkdir(`${folder}/b/back`);
    while (!(await container.log()).includes('up'));
    await bench.inside('mount', '-t', 'tmpfs', 'tmpfs', `${folder}/b/late`);
    await bench.inside('touch', `${folder}/b/late/mark`);
    while (!(await container.log()).includes('mounted'));
    assert.equal(await container.log(), 'up\nseen false\nmounted\n');
    assert.equal(await bench.inside('ls', `${folder}/b/back`), 'mark\n');
  });
});
