import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Checksum, Source } from '../../../src/model/program.ts';
import { goArch } from '../../../src/toolchain/source-key.ts';
import { sumIn } from '../../../src/toolchain/sources/download.ts';
import { createBench, entry } from './bench.ts';

const program = '#!/bin/sh\necho hello v1.2.3\n';
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const stated = (sum: string): Checksum => ({ kind: 'stated', byArch: { [goArch()]: sum } });

/** A real HTTP server on loopback. */
async function serve(
  listener: RequestListener,
): Promise<AsyncDisposable & { readonly origin: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const download = (origin: string, sum: Checksum, member?: string): Source => ({
  kind: 'download',
  url: (version) => `${origin}/hello-${version}`,
  sha256: sum,
  ...(member !== undefined && { member: () => member }),
});

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'it succeeded',
    (error: Error) => error,
  );

describe('a download', () => {
  it('with the stated sum is brought, and found again without asking', async () => {
    await using bench = await createBench();
    await using server = await serve((_request, response) => response.end(program));
    const toolchain = bench.toolchain([entry([download(server.origin, stated(sha256(program)))])]);
    const hello = (await toolchain.ensure(['hello'])).get('hello');
    expect(hello).to.include({ version: '1.2.3', from: `${server.origin}/hello-1.2.3` });
    expect(await toolchain.find('hello')).to.deep.equal(hello);
    await toolchain.ensure(['hello']);
    expect(server.asked).to.deep.equal(['/hello-1.2.3']);
  });

  it('with another sum is never run, and the next source is tried', async () => {
    await using bench = await createBench();
    await using server = await serve((request, response) =>
      response.end(request.url?.startsWith('/bad') ? '#!/bin/sh\ntouch /proc/never\n' : program),
    );
    const bad = download(`${server.origin}/bad`, stated(sha256(program)));
    const good = download(server.origin, stated(sha256(program)));
    const brought = await bench.toolchain([entry([bad, good])]).ensure(['hello']);
    expect(brought.get('hello')?.from).to.equal(`${server.origin}/hello-1.2.3`);
    expect(bench.said.join('\n')).to.contain('it was not used');
  });

  it('whose sum its publisher lists beside it is checked against that', async () => {
    await using bench = await createBench();
    await using server = await serve((request, response) =>
      response.end(request.url === '/sums' ? `${'0'.repeat(64)}  other\n${sha256(program)}  hello-1.2.3\n` : program),
    );
    const published: Checksum = { kind: 'published', url: () => `${server.origin}/sums` };
    await bench.toolchain([entry([download(server.origin, published)])]).ensure(['hello']);
    expect(server.asked).to.deep.equal(['/sums', '/hello-1.2.3']);
  });

  it('of a .tar.gz yields the named member', async () => {
    await using bench = await createBench();
    await bench.script('hello', 'echo hello v1.2.3');
    const archive = join(bench.folder, 'hello.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', bench.folder, 'bin/hello']);
    const content = readFileSync(archive);
    await using server = await serve((_request, response) => response.end(content));
    const source = download(server.origin, stated(sha256(content)), 'bin/hello');
    expect((await bench.toolchain([entry([source])]).ensure(['hello'])).get('hello')?.version).to.equal('1.2.3');
  });

  it('that cannot be had is an error naming each source and why', async () => {
    await using bench = await createBench();
    await using server = await serve((_request, response) => response.writeHead(404).end());
    const closed = await serve(() => {});
    await closed[Symbol.asyncDispose]();
    const sum = stated(sha256(program));
    const toolchain = bench.toolchain([entry([download(server.origin, sum), download(closed.origin, sum)])]);
    const thrown = await failure(toolchain.ensure(['hello']));
    expect(thrown).to.include({ code: 'program-missing', exitCode: 3 });
    expect(thrown)
      .to.have.property('message')
      .that.matches(/could not bring hello\n {2}hello 1\.2\.3:/);
    expect(thrown).to.have.property('message').that.contains('answered 404').and.contains('ECONNREFUSED');
    expect(thrown).to.have.property('next').that.contains('ingress-assay doctor --install hello');
  });

  it('that breaks off, or is a program of another version, is not kept', async () => {
    await using bench = await createBench();
    const older = '#!/bin/sh\necho hello v1.0.0\n';
    await using server = await serve((request, response) => {
      if (request.url?.startsWith('/older')) response.end(older);
      else response.writeHead(200, { 'content-length': 1000 }).write('part', () => response.destroy());
    });
    const sources = [
      download(server.origin, stated(sha256(program))),
      download(`${server.origin}/older`, stated(sha256(older))),
    ];
    const thrown = await failure(bench.toolchain([entry(sources)]).ensure(['hello']));
    expect(thrown).to.have.property('message').that.contains('broke off').and.contains('what came is 1.0.0');
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.deep.equal(['.lock']);
  });

  it('that is interrupted leaves nothing behind', async () => {
    await using bench = await createBench();
    const controller = new AbortController();
    await using server = await serve((_request, response) => {
      response.write('part', () => controller.abort(new Error('enough')));
    });
    const source = download(server.origin, stated(sha256(program)));
    const toolchain = bench.toolchain([entry([source, source])], { signal: controller.signal });
    expect(await failure(toolchain.ensure(['hello']))).to.have.property('message', 'enough');
    expect(server.asked).to.have.length(1);
    expect(await readdir(join(bench.cacheFolder, 'toolchain'))).to.deep.equal(['.lock']);
  });

  it('does not wait twice for an address that does not answer', async () => {
    await using bench = await createBench();
    const closed = await serve(() => {});
    await closed[Symbol.asyncDispose]();
    const source = download(closed.origin, stated(sha256(program)));
    const thrown = await failure(bench.toolchain([entry([source], 'a'), entry([source], 'b')]).ensure(['a', 'b']));
    expect(thrown).to.have.property('cause').with.property('errors').with.length(2);
    expect((thrown as { cause: AggregateError }).cause.errors[1]).to.not.have.property('cause');
  });
});

describe('sumIn', () => {
  const sum = 'A'.repeat(64);
  it('reads a bare sum, a list as sha256sum writes it, and nothing else', () => {
    expect(sumIn(`${sum}\n`, 'kubelet')).to.equal(sum.toLowerCase());
    expect(sumIn(`${sum}  kubelet\n`, 'kubelet')).to.equal(sum.toLowerCase());
    expect(sumIn(`${sum} *./kubelet\n`, 'kubelet')).to.equal(sum.toLowerCase());
    expect(sumIn(`${sum}  other\n`, 'kubelet')).to.equal(undefined);
    expect(sumIn('<html>not found</html>', 'kubelet')).to.equal(undefined);
  });
});
