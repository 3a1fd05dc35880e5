import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { explained } from '../../../clusters/kind/explain.ts';
import { exitCodes } from '../../../src/model/errors.ts';

/** As Docker 20.10 and kind 0.33 said it; the userland proxy, the full disk and the image not pulled by their source. */
const said: readonly [code: string, printed: string, names: string][] = [
  [
    'docker-down',
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'unix:///var/run/docker.sock',
  ],
  [
    'docker-permission',
    'permission denied while trying to connect to the Docker daemon socket at unix:///run/docker.sock: Get "http://%2Frun%2Fdocker.sock/v1.50/info": dial unix /run/docker.sock: connect: permission denied',
    'usermod -aG docker',
  ],
  [
    'port-taken',
    'ERROR: failed to create cluster: command "docker run --name porttest-control-plane --publish=127.0.0.1:30000:30000/TCP --publish=127.0.0.1:38711:6443/TCP kindest/node:v1.37.2" failed with error: exit status 125\n\nCommand Output: cc6cce690a3d\ndocker: Error response from daemon: driver failed programming external connectivity on endpoint porttest-control-plane (4bcf8392e62b): Bind for 127.0.0.1:30000 failed: port is already allocated',
    'port 30000',
  ],
  [
    'port-taken',
    'docker: Error response from daemon: driver failed programming external connectivity on endpoint x (4bcf): Error starting userland proxy: listen tcp4 127.0.0.1:32767: bind: address already in use.',
    'port 32767',
  ],
  [
    'foreign-cluster',
    'ERROR: failed to create cluster: node(s) already exist for a cluster with the name "ingress-assay-lab"',
    '"ingress-assay-lab"',
  ],
  [
    'disk-full',
    'ERROR: failed to load image: command "docker exec --privileged -i n ctr --namespace=k8s.io images import -" failed with error: exit status 1\n\nCommand Output: ctr: write /var/lib/containerd/x: no space left on device',
    '/var/lib/containerd/x',
  ],
  [
    'disk-full',
    `ERROR: command "docker save -o ${tmpdir()}/images-tar4/images.tar a:1" failed with error: exit status 1\n\nCommand Output: write ${tmpdir()}/images-tar4/.tmp-images.tar39: no space left on device`,
    'TMPDIR',
  ],
  [
    'image-missing',
    'ERROR: failed to create cluster: failed to pull image "kindest/node:v1.37.9": command "docker pull kindest/node:v1.37.9" failed with error: exit status 1\n\nCommand Output: Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
    'docker pull kindest/node:v1.37.9',
  ],
  [
    'inotify-exhausted',
    'ERROR: failed to create cluster: could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"',
    'fs.inotify.max_user_instances',
  ],
];

describe('what Docker and kind say', () => {
  for (const [code, printed, names] of said)
    it(`is an environment error with a next step: ${code}, ${names}`, () => {
      const error = explained('kind cannot make the cluster', printed);
      expect(error).to.include({ code, exitCode: exitCodes.environment });
      expect(`${error.message}; ${error.next}`).to.contain(names);
      expect(error.next).to.not.equal('');
    });

  it('leads to commands of the engine that is used', () => {
    const { KIND_EXPERIMENTAL_PROVIDER } = process.env;
    process.env.KIND_EXPERIMENTAL_PROVIDER = 'podman';
    try {
      expect(explained('kind cannot make the cluster', 'ERROR: something new')).to.include({ next: 'podman info' });
    } finally {
      delete process.env.KIND_EXPERIMENTAL_PROVIDER;
      if (KIND_EXPERIMENTAL_PROVIDER !== undefined) Object.assign(process.env, { KIND_EXPERIMENTAL_PROVIDER });
    }
  });

  it('is shown as it is where nobody knows it', () => {
    const error = explained('kind cannot make the cluster', 'ERROR: something new\n', '/tmp/kind.log');
    expect(error).to.include({ code: 'kind-failed', log: '/tmp/kind.log' });
    expect(error.message).to.contain('ERROR: something new');
  });
});
