import { expect } from 'chai';
import { ended, logs, printed, ready } from './observe.ts';
import { type Claims, configMap, container, idle, pod, podKind, podOf, print, secret } from './workbench.ts';

const read = (...paths: readonly string[]): string =>
  print(`${JSON.stringify(paths)}.map((path) => require('fs').readFileSync(path, 'utf8'))`);
const mounted = (mountPath: string, more: object = {}) => ({ name: 'volume', mountPath, ...more });

export const volumes: Claims = (bench, given) => {
  describe('volumes', () => {
    const withVolume = (name: string, program: string, volume: object, mount: object, more: object = {}) =>
      pod(name, program, { volumeMounts: [mount], ...more }, { volumes: [{ name: 'volume', ...volume }] });
    const account = '/var/run/secrets/kubernetes.io/serviceaccount';
    given(
      configMap('files', { one: '1', two: '2' }),
      configMap('changing', { value: 'old' }),
      secret('hidden', { key: 'secret text' }),
      withVolume(
        'volume-config',
        print(`[require('fs').readFileSync('/v/one', 'utf8'), require('fs').readdirSync('/v').filter((name) => !name.startsWith('..')),
          (require('fs').statSync('/v/renamed').mode & 0o777).toString(8)]`),
        {
          configMap: {
            name: 'files',
            items: [
              { key: 'one', path: 'one' },
              { key: 'two', path: 'renamed', mode: 0o400 },
            ],
          },
        },
        mounted('/v'),
      ),
      withVolume(
        'volume-secret',
        read('/v/key'),
        { secret: { secretName: 'hidden' } },
        mounted('/v', { readOnly: true }),
      ),
      withVolume(
        'volume-downward',
        read('/v/labels', '/v/name', '/v/cpu'),
        {
          downwardAPI: {
            items: [
              { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
              { path: 'name', fieldRef: { fieldPath: 'metadata.name' } },
              { path: 'cpu', resourceFieldRef: { containerName: 'main', resource: 'limits.cpu' } },
            ],
          },
        },
        mounted('/v'),
        { resources: { limits: { cpu: '2' }, requests: { cpu: '10m' } } },
      ),
      withVolume(
        'volume-projected',
        read('/v/c/one', '/v/s/key', '/v/token'),
        {
          projected: {
            sources: [
              { configMap: { name: 'files', items: [{ key: 'one', path: 'c/one' }] } },
              { secret: { name: 'hidden', items: [{ key: 'key', path: 's/key' }] } },
              { serviceAccountToken: { path: 'token', audience: 'somebody', expirationSeconds: 3600 } },
            ],
          },
        },
        mounted('/v'),
      ),
      pod(
        'volume-token',
        print(`new Promise((resolve, reject) => require('https').get('https://kubernetes.default.svc/apis', {
          ca: require('fs').readFileSync('${account}/ca.crt'),
          headers: { authorization: 'Bearer ' + require('fs').readFileSync('${account}/token', 'utf8') },
        }, (answer) => resolve([answer.resume().statusCode, require('fs').readFileSync('${account}/namespace', 'utf8')])).on('error', reject))`),
      ),
      podOf('volume-empty', {
        volumes: [
          { name: 'volume', emptyDir: {} },
          { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
        ],
        initContainers: [
          container(`for (const folder of ['/a', '/m']) require('fs').writeFileSync(folder + '/note', 'from init')`, {
            name: 'writer',
            volumeMounts: [mounted('/a'), { name: 'memory', mountPath: '/m' }],
          }),
        ],
        containers: [
          container(read('/other/place/note', '/m/note'), {
            volumeMounts: [mounted('/other/place'), { name: 'memory', mountPath: '/m' }],
          }),
        ],
      }),
      withVolume(
        'volume-host',
        print(
          `[require('fs').existsSync('/host/bin/env'), (() => { try { require('fs').writeFileSync('/host/x', '') } catch ({ code }) { return code } })()]`,
        ),
        { hostPath: { path: '/usr', type: 'Directory' } },
        mounted('/host', { readOnly: true }),
      ),
      withVolume('volume-host-missing', '', { hostPath: { path: '/no/such', type: 'Directory' } }, mounted('/host')),
      withVolume(
        'volume-subpath',
        print(`[require('fs').readFileSync('/etc/app/one.conf', 'utf8'), require('fs').readdirSync('/etc/app')]`),
        { configMap: { name: 'files' } },
        mounted('/etc/app/one.conf', { subPath: 'one' }),
      ),
      podOf('volume-subpath-expr', {
        volumes: [{ name: 'volume', emptyDir: {} }],
        containers: [
          container(print(`(require('fs').writeFileSync('/mine/x', ''), require('fs').readdirSync('/all'))`), {
            env: [{ name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            volumeMounts: [mounted('/mine', { subPathExpr: 'logs-$(NAME)' }), mounted('/all')],
          }),
        ],
      }),
      withVolume(
        'volume-read-only',
        print(`(() => { try { require('fs').writeFileSync('/v/x', '') } catch ({ code }) { return code } })()`),
        { emptyDir: {} },
        mounted('/v', { readOnly: true }),
      ),
      withVolume(
        'volume-changing',
        `let last; setInterval(() => { const value = require('fs').readFileSync('/v/value', 'utf8'); if (value !== last) { console.log(last = value); require('fs').writeFileSync('/tmp/seen', '') } if (value === 'new') process.exit() }, 20)`,
        { configMap: { name: 'changing' } },
        mounted('/v'),
        { readinessProbe: { exec: { command: ['cat', '/tmp/seen'] }, periodSeconds: 1 } },
      ),
      withVolume('volume-missing', idle, { configMap: { name: 'comes-later' } }, mounted('/v')),
      pod(
        'volume-read-only-root',
        print(
          `['/x', '/v/x'].map((path) => { try { require('fs').writeFileSync(path, ''); return 'written' } catch ({ code }) { return code } })`,
        ),
        { securityContext: { readOnlyRootFilesystem: true }, volumeMounts: [mounted('/v')] },
        { volumes: [{ name: 'volume', emptyDir: {} }] },
      ),
    );

    it('show a ConfigMap, its keys chosen, renamed and with a mode', async () => {
      expect(await printed(bench, 'volume-config')).to.deep.equal(['1', ['one', 'renamed'], '400']);
    });

    it('show a Secret', async () => {
      expect(await printed(bench, 'volume-secret')).to.deep.equal(['secret text']);
    });

    it('show fields of the pod', async () => {
      const [labels, name, cpu] = await printed(bench, 'volume-downward');
      expect([labels, name, cpu]).to.deep.equal(['app="volume-downward"', 'volume-downward', '2']);
    });

    it('project several sources into one folder, a token for an audience among them', async () => {
      const [one, key, token] = await printed(bench, 'volume-projected');
      expect([one, key]).to.deep.equal(['1', 'secret text']);
      const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
      expect(claims.aud).to.deep.equal(['somebody']);
      expect(claims['kubernetes.io'].pod.name).to.equal('volume-projected');
    });

    it('bring a token that the API takes over verified TLS, by name', async () => {
      expect(await printed(bench, 'volume-token')).to.deep.equal([200, bench.namespace]);
    });

    it('share an emptyDir among the containers of a pod, on disk or in memory', async () => {
      expect(await printed(bench, 'volume-empty')).to.deep.equal(['from init', 'from init']);
    });

    it('show a folder of the node, read-only where asked', async () => {
      expect(await printed(bench, 'volume-host')).to.deep.equal([true, 'EROFS']);
    });

    it('mount one key as one file, leaving its folder as it is', async () => {
      expect(await printed(bench, 'volume-subpath')).to.deep.equal(['1', ['one.conf']]);
    });

    it('mount a folder named after the pod', async () => {
      expect(await printed(bench, 'volume-subpath-expr')).to.deep.equal(['logs-volume-subpath-expr']);
    });

    it('are read-only where asked', async () => {
      expect(await printed(bench, 'volume-read-only')).to.equal('EROFS');
    });

    it('stay writable when the container’s own tree is read-only', async () => {
      expect(await printed(bench, 'volume-read-only-root')).to.deep.equal(['EROFS', 'written']);
    });

    it('follow an edit of their ConfigMap while the pod runs', async () => {
      await ready(bench, 'volume-changing');
      await bench.kube.apply([
        { ...configMap('changing', { value: 'new' }), metadata: { name: 'changing', namespace: bench.namespace } },
      ]);
      // Any edit of the pod makes the kubelet look at once; otherwise it would within its sync period of about a minute.
      const object = { ...podKind, name: 'volume-changing', namespace: bench.namespace };
      await bench.kube.patch([{ object, patch: { metadata: { annotations: { look: 'again' } } } }]);
      await ended(bench, 'volume-changing');
      expect(await logs(bench, 'volume-changing')).to.equal('old\nnew\n');
    });

    it('hold the pod back until what they show is there', async () => {
      const comesLater = configMap('comes-later', {});
      await bench.kube.apply([{ ...comesLater, metadata: { ...comesLater.metadata, namespace: bench.namespace } }]);
      await ready(bench, 'volume-missing');
    });
  });
};
