import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { configOf, ownConfigFile, ownNodes, readConfig } from '../../../clusters/kind/config.ts';
import { newestOf } from '../../../clusters/kind/images.ts';
import { exitCodes } from '../../../src/model/errors.ts';

const roles = (text: string) => parse(text).nodes.map(({ role }: { role: string }) => role);

describe('the configuration of a kind cluster', () => {
  it('is, unasked, the file that comes with the package: a control plane with three ports of loopback, two workers', async () => {
    const own = await readConfig(ownConfigFile);
    expect(own.nodes).to.equal(ownNodes);
    expect(parse((await configOf(ownNodes)).text)).to.deep.equal(parse(own.text));
    const [{ extraPortMappings }] = parse(own.text).nodes;
    expect(extraPortMappings).to.deep.equal(
      [30000, 30443, 32767].map((port) => ({ containerPort: port, hostPort: port, listenAddress: '127.0.0.1' })),
    );
  });

  it('has as many workers as make up the nodes asked for', async () => {
    expect(roles((await configOf(1)).text)).to.deep.equal(['control-plane']);
    expect(roles((await configOf(4)).text)).to.deep.equal(['control-plane', 'worker', 'worker', 'worker']);
    for (const nodes of [0, 10, 1.5, Number.NaN])
      expect(await configOf(nodes).catch((error: unknown) => error)).to.include({ exitCode: exitCodes.usage });
  });

  it('is a file of the user’s as it stands, or a usage error that names the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'assay-kind-'));
    const file = join(folder, 'mine.yaml');
    const head = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
    try {
      await writeFile(file, head);
      expect(await readConfig(file)).to.deep.equal({ text: head, nodes: 1, namesImages: false });
      await writeFile(file, `${head}nodes: [{ role: control-plane, image: some/node:1 }]\n`);
      expect(await readConfig(file)).to.include({ nodes: 1, namesImages: true });
      for (const text of ['kind: Deployment\n', '[\n', '']) {
        await writeFile(file, text);
        const error = await readConfig(file).catch((thrown: unknown) => thrown);
        expect(error).to.include({ code: 'kind-config', exitCode: exitCodes.usage });
        expect(String(error)).to.contain(file);
      }
      expect(await readConfig(join(folder, 'none')).catch((thrown: unknown) => thrown)).to.include({
        code: 'kind-config',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('takes the newest patch of a minor version that is there', () => {
    const tags = ['v1.36.9', 'v1.36.10', 'v1.37.2', 'v1.3.99', 'lab', ''];
    expect(newestOf('v1.36', tags)).to.equal('v1.36.10');
    expect(newestOf('v1.35', tags)).to.equal(undefined);
  });
});
