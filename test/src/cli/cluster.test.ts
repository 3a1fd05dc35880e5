import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiledModule } from '../../../src/paths.ts';

describe('ingress-assay cluster', function () {
  this.timeout(180_000);
  let stateHome: string;
  before(() => {
    stateHome = mkdtempSync(join(tmpdir(), 'assay-cluster-cli-'));
  });
  after(() => {
    assay('down', 'lab');
    rmSync(stateHome, { recursive: true });
  });

  const assay = (...args: readonly string[]) => {
    const env = { ...process.env, XDG_STATE_HOME: stateHome, NO_COLOR: '1' };
    return spawnSync(process.execPath, [compiledModule('src/cli/main.ts'), 'cluster', ...args], {
      env,
      encoding: 'utf8',
    });
  };

  it('says how to make one where there is none', () => {
    const { status, stdout } = assay('status');
    expect({ status, stdout }).to.deep.equal({
      status: 0,
      stdout: 'There is no cluster. Make one: ingress-assay cluster up\n',
    });
  });

  it('is a usage error for a cluster that is not there, or cannot be', () => {
    for (const args of [
      ['down', 'lab'],
      ['kubeconfig', '--name', 'lab'],
      ['logs', '--name', 'lab'],
      ['up', '--cluster', 'local', '--nodes', 'x'],
    ])
      expect(assay(...args).status, args.join(' ')).to.equal(2);
    expect(assay('up', '--cluster', 'locla').stderr).to.match(/Did you mean local\?/);
    expect(assay('up', '--cluster', 'local', '--kubernetes', 'v1.2.3', '--name', 'lab').status).to.equal(2);
    expect(assay('up', '--name', '../lab').status).to.equal(2);
  });

  it('makes one, uses it and removes it', () => {
    const up = assay('up', '--cluster', 'local', '--name', 'lab');
    expect(up.stderr).to.equal('');
    expect(up.stdout).to.match(/Cluster "lab" is up\.\n {2}export KUBECONFIG=/);
    expect(assay('up', '--name', 'lab').stdout).to.match(/Cluster "lab" is up already/);
    expect(assay('up', '--name', 'lab', '--nodes', '2')).to.include({ status: 2 });
    expect(assay('status', 'lab').stdout).to.match(/state +running[\s\S]*node1 \(172\.18\.0\.2\)[\s\S]*kube-apiserver/);

    const kubectl = (...args: readonly string[]) => assay('kubectl', '--name', 'lab', ...args);
    expect(kubectl('get', 'nodes', '-o', 'name').stdout).to.equal('node/node1\n');
    expect(kubectl('get', 'pod', 'none')).to.include({ status: 1, stdout: '' });

    expect(assay('logs', '--name', 'lab').stdout.split('\n')).to.include.members(['etcd', 'node1-kubelet']);
    expect(assay('logs', 'kube-apiserver', '--name', 'lab').stdout).to.match(/Version: v1\./);
    expect(assay('logs', 'kube-api', '--name', 'lab')).to.include({ status: 2 });
    const out = join(stateHome, 'out');
    assay('logs', '--name', 'lab', '--out', out);
    expect(readdirSync(out)).to.include.members(['etcd.log', 'pods']);

    expect(assay('down', 'lba').stderr).to.match(/Did you mean lab\?/);
    expect(assay('down', 'lab')).to.include({ status: 0, stdout: 'Removed "lab".\n' });
    expect(assay('down', 'lab')).to.include({ status: 2 });
  });
});
