import { expect } from 'chai';
import { available } from '../../../clusters/kind/available.ts';
import { engineOf, run } from '../../../clusters/kind/engine.ts';
import { exitCodes } from '../../../src/model/errors.ts';

describe('the container engine', () => {
  it('is Docker, or what KIND_EXPERIMENTAL_PROVIDER names', async () => {
    expect(engineOf({})).to.equal('docker');
    expect(engineOf({ KIND_EXPERIMENTAL_PROVIDER: 'podman' })).to.equal('podman');
    expect(() => engineOf({ KIND_EXPERIMENTAL_PROVIDER: 'rkt' }))
      .to.throw('which kind does not know')
      .with.property('exitCode', exitCodes.usage);
    const refused = await available({ KIND_EXPERIMENTAL_PROVIDER: 'rkt' }).catch((thrown: unknown) => thrown);
    expect(refused).to.include({ code: 'kind-provider', exitCode: exitCodes.usage });
  });

  it('that is not installed is an error that names it', async () => {
    const error = await run(['no-such-engine', 'info']).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'command-not-started', exitCode: exitCodes.environment });
  });

  it('that is told to end takes with it what it started', async () => {
    const controller = new AbortController();
    const ended = run(['sh', '-c', 'echo up; sleep 1000 & wait'], {
      signal: controller.signal,
      onLine: () => controller.abort(new Error('enough')),
    });
    expect(String(await ended.catch((thrown: unknown) => thrown))).to.equal('Error: enough');
  });
});
