import { Command } from 'commander';
import type { Check } from '../kit/check.ts';
import type { Scenario } from '../model/scenario.ts';
import { marked, titleOf } from '../model/summary.ts';
import {
  readClusterProviders,
  readControllers,
  readEngines,
  readReporters,
  readScenarios,
  readSuites,
} from '../run/catalogue.ts';
import { print } from './print.ts';

interface Row {
  readonly name: string;
  readonly summary: string;
}

const lines = (title: string, rows: readonly Row[]): string => {
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  return [title, ...rows.map((row) => `  ${row.name.padEnd(width)}  ${row.summary}`), ''].join('\n');
};

/** Checks with their level and claim, one to a line. */
export const checkLines = (checks: readonly Pick<Check, 'id' | 'title' | 'level'>[]): string =>
  lines(
    'Checks',
    checks.map(({ id, title, level }) => ({ name: id, summary: `${level.padEnd(11)}  ${title}` })),
  );

/** Scenarios with what they measure, one to a line. */
export const scenarioLines = (scenarios: readonly Pick<Scenario, 'id' | 'title' | 'points'>[]): string =>
  lines(
    'Scenarios',
    scenarios.map(({ id, title, points }) => ({
      name: id,
      summary: `${title}: ${points.map((point) => point.name).join(', ')}`,
    })),
  );

/** Everything that can be named on the command line, as one value. */
async function catalogue() {
  const [suites, scenarios, engines, controllers, clusters, reporters] = await Promise.all([
    readSuites(),
    readScenarios(),
    readEngines(),
    readControllers(),
    readClusterProviders(),
    readReporters(),
  ]);
  return {
    checks: suites.flatMap((suite) =>
      suite.checks.map(({ id, title, level, requirement, features, capabilities, after }) => ({
        id,
        title,
        level,
        requirement,
        ...(after === undefined ? {} : { after }),
        features: features ?? [],
        capabilities: capabilities ?? [],
      })),
    ),
    scenarios: scenarios.map(({ id, title, engine, points }) => ({ id, title, engine, points })),
    engines: engines.map(({ name, summary, answers }) => ({ name, summary, answers })),
    controllers: controllers.map(({ name, title, version, homepage, experimental, preinstalled }) => ({
      name,
      title,
      version,
      homepage,
      ...(experimental && { experimental }),
      ...(preinstalled && { preinstalled }),
    })),
    clusters: clusters.map(({ name, summary, experimental }) => ({
      name,
      summary,
      ...(experimental && { experimental }),
    })),
    reporters: reporters.map(({ name, summary, file }) => ({ name, summary, file })),
  };
}

/** `ingress-assay list`: what there is to run, and on what. */
export const listCommand = (): Command =>
  new Command('list')
    .description('list checks, scenarios, engines, controllers, clusters and reporters')
    .option('--json', 'as JSON on stdout')
    .action(async (options: { json?: boolean }) => {
      const all = await catalogue();
      if (options.json) {
        process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
        return;
      }
      const text = [
        checkLines(all.checks),
        scenarioLines(all.scenarios),
        lines('Engines', all.engines),
        lines(
          'Controllers',
          all.controllers.map((controller) => ({ name: controller.name, summary: titleOf(controller) })),
        ),
        lines(
          'Clusters',
          all.clusters.map((cluster) => ({ name: cluster.name, summary: marked(cluster.summary, cluster) })),
        ),
        lines('Reporters', all.reporters),
      ];
      print(process.stdout, text.join('\n'));
    });
