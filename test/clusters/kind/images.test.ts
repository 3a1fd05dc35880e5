import { expect } from 'chai';
import { loadImages, nodeImage } from '../../../clusters/kind/images.ts';
import { exitCodes } from '../../../src/model/errors.ts';
import { errorOf } from '../../src/error-of.ts';
import { type Pretence, pretend } from './pretend.ts';

const target = { kind: 'kind', kindName: 'x', nodes: ['one', 'two'] };
const single = 'kind load docker-image --name x --nodes one,two a:1 b:2';
const archive = 'kind load image-archive --name x --nodes one,two <archive>';

describe('images for a kind cluster', () => {
  let pretence: Pretence;
  const asked = () => pretence.asked().map((line) => line.replace(/\S+images\.tar/, '<archive>'));

  beforeEach(() => {
    pretence = pretend();
    for (const command of ['docker', 'podman', 'nerdctl', 'kind']) pretence.does(command);
  });
  afterEach(() => pretence[Symbol.dispose]());

  for (const [engine, commands] of [
    ['docker', [single]],
    ['podman', ['podman save --multi-image-archive --output <archive> a:1 b:2', archive]],
    ['nerdctl', ['nerdctl save --output <archive> a:1 b:2', archive]],
  ] as const)
    it(`are carried from ${engine} into its nodes`, async () => {
      process.env.KIND_EXPERIMENTAL_PROVIDER = engine;
      await loadImages(['a:1', 'b:2'], target, {});
      expect(asked()).to.deep.equal(commands);
    });

  it('are carried of one platform where Docker’s store hands over an index of more than it has', async () => {
    const digest = 'sha256:b1addbe72465a718643cff9e60a58e6df1841e29d6d7d60c9a85d8d72f08d1a7';
    pretence.does(
      'kind',
      `[ "$2" = image-archive ] || { echo 'ctr: content digest ${digest}: not found' >&2; exit 1; }`,
    );
    pretence.does('docker', '[ "$1" != version ] || echo linux/arm64');
    await loadImages(['a:1', 'b:2'], target, {});
    expect(asked()).to.deep.equal([
      single,
      'docker version --format {{.Server.Os}}/{{.Server.Arch}}',
      'docker save --platform linux/arm64 --output <archive> a:1 b:2',
      archive,
    ]);
  });

  it('that cannot be carried are told of, with what kind said', async () => {
    pretence.does('kind', 'echo "ERROR: no nodes found" >&2; exit 1');
    const error = await errorOf(loadImages(['a:1'], target, {}));
    expect(error).to.include({ code: 'kind-failed' });
    expect(error.message).to.contain('no nodes found');
  });
});

describe('the node image', () => {
  let pretence: Pretence;
  const { signal } = new AbortController();
  beforeEach(() => {
    pretence = pretend();
    pretence.does('docker', "printf '%s\\n' v1.36.1 v1.36.10 v1.36.9 v1.37.2");
  });
  afterEach(() => pretence[Symbol.dispose]());

  for (const [asked, image] of [
    ['v1.36.4', 'kindest/node:v1.36.4'],
    ['v1.36', 'kindest/node:v1.36.10'],
    [undefined, 'kindest/node:v1.37.2'],
  ] as const)
    it(`for ${asked ?? 'no version asked for'} is ${image}`, async () => {
      expect(await nodeImage(asked, 'v1.37', signal)).to.equal(image);
    });

  it('is left to kind where the engine has none of the usual version', async () => {
    expect(await nodeImage(undefined, 'v1.38', signal)).to.equal(undefined);
  });

  it('is refused for what is no version, and for a version without a patch of which there is none here', async () => {
    expect(await errorOf(nodeImage('1.36', 'v1.37', signal))).to.include({ exitCode: exitCodes.usage });
    const error = await errorOf(nodeImage('v1.35', 'v1.37', signal));
    expect(error).to.include({ code: 'image-missing', exitCode: exitCodes.environment });
  });
});
