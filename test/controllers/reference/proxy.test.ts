import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { type Configuration, configure, nothing } from '../../../controllers/reference/program/configuration.ts';
import { parts } from '../../../controllers/reference/program/parts.ts';
import { createProxy } from '../../../controllers/reference/program/proxy.ts';
import { serverOf } from '../../../controllers/reference/program/server.ts';
import { type RawServer, rawServer } from '../../src/kit/raw-server.ts';

/** A configuration in which all of foo.com goes to these ports of loopback, beside rules whose back-ends are not there. */
const configured = (ports: readonly number[], affinity = 'off', { isDefault = false } = {}): Configuration => {
  const metadata = { name: 'web', namespace: 'shop' };
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const gone = { service: { name: 'gone', port: { number: 80 } } };
  return configure(
    {
      classes: [{ metadata: { name: 'own' }, spec: { controller: 'ingress-assay.dev/reference' } }],
      ingresses: [
        {
          metadata,
          spec: {
            ingressClassName: 'own',
            rules: [
              { host: 'foo.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } },
              { host: 'gone.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: gone }] } },
              { host: 'resource.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: {} }] } },
            ],
            ...(isDefault ? { defaultBackend: backend } : {}),
          },
        },
      ],
      services: [{ metadata, spec: { ports: [{ port: 80 }] } }],
      slices: ports.map((port) => ({
        metadata: { ...metadata, labels: { 'kubernetes.io/service-name': 'web' } },
        ports: [{ port }],
        endpoints: [{ addresses: ['127.0.0.1'], conditions: { ready: true } }],
      })),
      settings: [{ metadata, data: { affinity } }],
    },
    'own',
    parts,
  );
};

/** What a client gets for these bytes, through a proxy so configured. */
async function exchange(configuration: Configuration, ...requests: readonly string[]): Promise<readonly string[]> {
  const server = serverOf(createProxy(() => configuration, parts)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const answers: string[] = [];
  for (const request of requests) {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(request, 'latin1');
    answers.push(await text(socket));
  }
  server.close();
  await once(server, 'close');
  return answers;
}

const answer =
  'HTTP/1.1 201 Made Up\r\nX-Own: Yes\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nhi';

/** A back-end that keeps the bytes of its requests and answers each once they end with `end`. */
async function backend(end: string, said = answer): Promise<RawServer & { readonly got: () => string }> {
  let got = '';
  const server = await rawServer((socket) =>
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
      if (got.endsWith(end)) socket.end(said, 'latin1');
    }),
  );
  return { ...server, got: () => got };
}

const get = (more = '') => `GET / HTTP/1.1\r\nHost: foo.com\r\nConnection: close\r\n${more}\r\n`;

describe('the reference’s proxy', () => {
  it('passes on method, request-target, headers and body as they came, and the answer as well', async () => {
    await using web = await backend('body!');
    const [got = ''] = await exchange(
      configured([web.port]),
      'PURGE /a/../b%2Fc//?%zz HTTP/1.1\r\nHost: FOO.com:99\r\nx-B: 2\r\nX-a: 1\r\nx-B: 3\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 5\r\n\r\nbody!',
    );
    expect(web.got().split('\r\n')).to.deep.equal([
      'PURGE /a/../b%2Fc//?%zz HTTP/1.1',
      'Host: FOO.com:99',
      'x-B: 2',
      'X-a: 1',
      'x-B: 3',
      'Content-Length: 5',
      'X-Forwarded-For: 192.0.2.1, 127.0.0.1',
      'Connection: close',
      '',
      'body!',
    ]);
    expect(got).to.match(/^HTTP\/1\.1 201 Made Up\r\nX-Own: Yes\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n/);
    expect(got).to.match(/\r\n\r\nhi$/);
  });

  it('passes on a body in chunks', async () => {
    await using web = await backend('0\r\n\r\n');
    await exchange(
      configured([web.port]),
      'POST / HTTP/1.1\r\nHost: foo.com\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
    );
    expect(web.got()).to.match(/\r\nTransfer-Encoding: chunked\r\n/);
    expect(web.got()).to.match(/3\r\nabc\r\n0\r\n\r\n$/);
  });

  it('passes on an answer that ends with its connection, and one to HEAD', async () => {
    await using web = await backend('\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\nall of it');
    const [got = ''] = await exchange(configured([web.port]), get());
    expect(got).to.include('all of it');
    await using other = await backend('\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
    const [head = ''] = await exchange(configured([other.port]), get().replace('GET', 'HEAD'));
    expect(head)
      .to.match(/\r\nContent-Length: 9\r\n/)
      .and.match(/\r\n\r\n$/);
  });

  it('routes a target in absolute form by the target’s host, and passes on that host and the rest of the target', async () => {
    for (const [target, path] of [
      ['/x?y', '/x?y'],
      ['?y', '/?y'],
      ['', '/'],
    ]) {
      await using web = await backend('\r\n\r\n');
      const [got] = await exchange(
        configured([web.port]),
        `GET http://FOO.com:80${target} HTTP/1.1\r\nX-a: 1\r\nHost: bar.com\r\nConnection: close\r\n\r\n`,
      );
      expect(got).to.match(/^HTTP\/1\.1 201 /);
      expect(web.got()).to.match(/^GET \S+ HTTP\/1\.1\r\nX-a: 1\r\nHost: FOO.com:80\r\n/);
      expect(web.got().split(' ')[1]).to.equal(path);
    }
  });

  it('serves HTTP/1.0 without a Host from the default back-end, and passes on an empty one', async () => {
    await using web = await backend('\r\n\r\n');
    const [got] = await exchange(configured([web.port], 'off', { isDefault: true }), 'GET /x HTTP/1.0\r\n\r\n');
    expect(got).to.match(/^HTTP\/1\.1 201 /);
    expect(web.got()).to.match(/^GET \/x HTTP\/1\.1\r\nHost: \r\n/);
  });

  it('refuses CONNECT without a word to a back-end, and serves OPTIONS * from the default back-end', async () => {
    await using web = await backend('\r\n\r\n');
    const configuration = configured([web.port], 'off', { isDefault: true });
    const [tunnel, options] = await exchange(
      configuration,
      'CONNECT foo.com:80 HTTP/1.1\r\nHost: foo.com:80\r\n\r\n',
      'OPTIONS * HTTP/1.1\r\nHost: foo.com\r\nConnection: close\r\n\r\n',
    );
    expect(tunnel).to.match(/^HTTP\/1\.1 405 /);
    expect(options).to.match(/^HTTP\/1\.1 201 /);
    expect(web.got()).to.match(/^OPTIONS \* HTTP\/1\.1\r\nHost: foo.com\r\n/);
  });

  it('answers 404 for nobody’s host, 503 without endpoints, 502 for one that refuses, 400 without a Host or with two', async () => {
    const gone = await backend('');
    await gone[Symbol.asyncDispose]();
    const statuses = await Promise.all([
      exchange(nothing, get()),
      exchange(configured([]), get()),
      exchange(configured([gone.port]), get()),
      exchange(nothing, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
      exchange(nothing, get('Host: bar.com\r\n')),
    ]);
    expect(statuses.flat().map((got) => got.split(' ')[1])).to.deep.equal(['404', '503', '502', '400', '400']);
  });

  it('answers 503 for a Service that is not there and for what is no Service, and serves the other rules of their Ingress', async () => {
    await using web = await backend('\r\n\r\n');
    const configuration = configured([web.port], 'off', { isDefault: true });
    const of = (host: string) => get().replace('foo.com', host);
    const answers = await exchange(configuration, of('gone.com'), of('resource.com'), of('foo.com'));
    expect(answers.map((got) => got.split(' ')[1])).to.deep.equal(['503', '503', '201']);
    expect(answers[1]).to.include('shop/(no Service) has no endpoint');
  });

  it('takes turns among endpoints', async () => {
    await using one = await backend('\r\n\r\n');
    await using two = await backend('\r\n\r\n');
    await exchange(configured([one.port, two.port]), get(), get(), get(), get());
    expect([one.connections(), two.connections()]).to.deep.equal([2, 2]);
  });

  it('keeps a client at its endpoint by a cookie, where affinity is on', async () => {
    await using one = await backend('\r\n\r\n');
    await using two = await backend('\r\n\r\n');
    const configuration = configured([one.port, two.port], 'cookie');
    const [first = ''] = await exchange(configuration, get());
    const cookie = /\r\nSet-Cookie: (affinity-[^;]+);/.exec(first)?.[1];
    const again = await exchange(configuration, ...Array.from({ length: 4 }, () => get(`Cookie: x=1; ${cookie}\r\n`)));
    expect([one.connections(), two.connections()]).to.deep.equal([5, 0]);
    expect(again.join('')).to.not.include('affinity-');
  });
});
