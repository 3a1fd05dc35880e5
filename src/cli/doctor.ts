import { Command } from 'commander';
import { usageError } from '../model/errors.ts';
import { readPrograms } from '../toolchain/catalogue.ts';
import { pruneToolchain } from '../toolchain/prune.ts';
import { createToolchain } from '../toolchain/toolchain.ts';
import { examine } from './doctor-report.ts';
import { doctorText, mebibytes } from './doctor-text.ts';
import { catchInterruption } from './interruption.ts';
import { print } from './print.ts';
import { createProgress } from './progress.ts';

interface DoctorOptions {
  readonly install?: boolean;
  readonly prune?: boolean;
  readonly json?: boolean;
}

/** `ingress-assay doctor`: what this machine has and lacks, and the one command that brings each missing thing. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('show what this machine has and lacks; bring what is missing')
    .argument('[programs...]', 'with --install: the programs to bring; all where none is named')
    .option('--install', 'bring missing programs: download, unpack or build them into the cache')
    .option('--prune', 'remove from the cache what no entry names any more, and what broken builds left')
    .option('--json', 'as JSON on stdout')
    .addHelpText(
      'after',
      `
Examples:
  $ ingress-assay doctor                             what is there, from where, which version; what is missing
  $ ingress-assay doctor --install                   bring everything now, rather than when a run first needs it
  $ ingress-assay doctor --install kubectl traefik   only these
  $ ingress-assay doctor --prune                     give disk space back`,
    )
    .action(async (programs: readonly string[], options: DoctorOptions) => {
      if (programs.length > 0 && !options.install) {
        throw usageError('names-without-install', 'programs are named for --install only', {
          next: `ingress-assay doctor --install ${programs.join(' ')}`,
        });
      }
      using progress = createProgress(process.stderr);
      using interruption = catchInterruption(progress.note);
      const { signal } = interruption;
      const toolchain = createToolchain({ progress, signal });
      if (options.prune) {
        const { removed, freedBytes } = await pruneToolchain({
          signal,
          onWait: (holder) => progress.note(`waiting for ${holder}`),
        });
        for (const folder of removed) progress.note(`removed ${folder}`);
        progress.note(`${mebibytes(freedBytes)} freed`);
      }
      if (options.install) {
        // What nobody publishes cannot be brought: it is there, or a run that needs it says so.
        const obtainable = (await readPrograms()).filter(({ sources }) => sources.some(({ kind }) => kind !== 'path'));
        await toolchain.ensure(programs.length > 0 ? programs : obtainable.map(({ name }) => name));
      }
      const report = await examine({ toolchain, progress, signal });
      if (options.json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
      else print(process.stdout, doctorText(report));
    });
