#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { exitCodes } from '../model/errors.ts';
import { packageRoot } from '../paths.ts';
import { readClusterProviders } from '../run/catalogue.ts';
import { benchmarkCommand } from './benchmark.ts';
import { cleanupCommand } from './cleanup.ts';
import { clusterCommand } from './cluster.ts';
import { compareCommand } from './compare.ts';
import { conformanceCommand } from './conformance.ts';
import { doctorCommand } from './doctor.ts';
import { listCommand } from './list.ts';
import { heedLostOutput, isReaderGone } from './lost-output.ts';
import { printError } from './print.ts';
import { reportCommand } from './report.ts';

const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };

const program = new Command('ingress-assay')
  .description('Conformance and load-test harness for Kubernetes ingress controllers')
  .version(version)
  .option('--verbose', 'show the stack of an error')
  .addHelpText(
    'after',
    `
Examples:
  $ ingress-assay conformance                       prove the tutorial against Traefik on a cluster of its own
  $ ingress-assay conformance --grep affinity       only the checks that match
  $ ingress-assay benchmark --profile smoke         how much Traefik serves, and how fast it answers
  $ ingress-assay list --json                       what there is to run, for scripts
  $ ingress-assay report assay-report/report.json   the table of an earlier run
  $ ingress-assay doctor                            what this machine has and lacks

Exit codes: 0 all passed, 1 a check failed or a regression is proven, 2 bad usage, 3 the environment failed, 130 interrupted.`,
  );

/** Commander ends the process by itself; ours ends with the exit codes that are documented. */
function endByException(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) endByException(child);
}

heedLostOutput();
try {
  const providers = await readClusterProviders();
  program
    .addCommand(conformanceCommand(providers))
    .addCommand(benchmarkCommand(providers))
    .addCommand(clusterCommand(providers))
    .addCommand(cleanupCommand(providers));
  program
    .addCommand(compareCommand())
    .addCommand(listCommand())
    .addCommand(reportCommand())
    .addCommand(doctorCommand());
  endByException(program);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
  else if (isReaderGone(error)) process.exitCode = exitCodes.passed;
  else process.exitCode = printError(process.stderr, error);
  // A program by which a kubeconfig logs in may still wait for somebody. Nobody waits for it.
  setTimeout(() => process.exit(), 2_000).unref();
}
