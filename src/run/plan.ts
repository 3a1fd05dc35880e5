import type { Area, Check, Step } from '../kit/check.ts';
import { levels } from '../model/claim.ts';
import type { Capability } from '../model/cluster.ts';
import { type Controller, type Feature, features } from '../model/controller.ts';
import { usageError } from '../model/errors.ts';
import type { Suite } from './catalogue.ts';
import { choose } from './choose.ts';

/** What of the catalogue a run is to try; all of it where nothing is said. */
export interface Selection {
  /** Names of areas. */
  readonly suites?: readonly string[] | undefined;
  /** Ids of checks. */
  readonly checks?: readonly string[] | undefined;
  /** A regular expression that id or title must match. */
  readonly grep?: string | undefined;
}

/** One step of an area with what is to be tried after it; areas without a story have one without `step`. */
export interface PlannedStep {
  readonly step?: Step;
  readonly sideBySide: readonly Check[];
  /** After those, beside one another. */
  readonly risky: readonly Check[];
  /** After those, by what they change. */
  readonly changing: readonly Lane[];
  /** After those, one at a time. */
  readonly alone: readonly Check[];
  /** Awaited at the end of the run, they may take their time beside anything: begun with the step, but for tables, which begin after those side by side. */
  readonly apart: readonly Check[];
  /** One at a time, when all else of the run is done. */
  readonly last: readonly Check[];
}

/** Checks that change the same thing and are tried one after the other, in order of id. */
export interface Lane {
  readonly changes: string;
  readonly checks: readonly Check[];
}

/** One area of a run: the steps it needs and no more, in the order of the story. */
export interface PlannedArea {
  readonly area: Area;
  readonly steps: readonly PlannedStep[];
}

function pattern(grep: string): RegExp {
  try {
    return new RegExp(grep, 'i');
  } catch (cause) {
    throw usageError('grep-invalid', `--grep ${grep} is not a regular expression`, {
      next: 'escape what is meant literally with a backslash',
      cause,
    });
  }
}

/** The suites with only the checks that are asked for. Names that do not exist, or a selection of nothing, are usage errors. */
export function select(suites: readonly Suite[], selection: Selection): readonly Suite[] {
  for (const name of selection.suites ?? []) choose('suite', name, suites, ({ area }) => area.name);
  const all = suites.flatMap(({ checks }) => checks);
  for (const id of selection.checks ?? []) choose('check', id, all, (check) => check.id);
  const matches = selection.grep === undefined ? undefined : pattern(selection.grep);
  const selected = suites
    .filter(({ area }) => !selection.suites?.length || selection.suites.includes(area.name))
    .map(({ area, checks }) => ({
      area,
      checks: checks.filter(
        ({ id, title }) =>
          (!selection.checks?.length || selection.checks.includes(id)) && (matches?.test(`${id} ${title}`) ?? true),
      ),
    }))
    .filter(({ checks }) => checks.length > 0);
  if (selected.length > 0) return selected;
  throw usageError('nothing-selected', 'no check is selected', { next: 'ingress-assay list' });
}

function has(controller: Controller, feature: Feature): boolean {
  switch (feature) {
    case 'pool':
      return controller.pool !== undefined;
    case 'affinity':
      return controller.affinity !== undefined;
    case 'forwardedFor':
      return controller.forwardedFor === true;
    case 'installed':
    case 'annotationClass':
      return controller.preinstalled === undefined;
    case 'statusPage':
      return controller.status !== undefined;
  }
}

/** Why this check cannot be put to this controller on this cluster, or `undefined` where it can. */
export function unsupportedReason(
  check: Check,
  controller: Controller,
  cluster: { readonly provider: string; readonly capabilities: readonly Capability[] },
): string | undefined {
  if (check.risky && controller.preinstalled) return 'it may harm a controller that others rely on';
  const feature = check.features?.find((name) => !has(controller, name));
  if (feature !== undefined) return `${controller.title} lacks ${feature}: ${features[feature]}`;
  const capability = check.capabilities?.find((name) => !cluster.capabilities.includes(name));
  if (capability !== undefined) return `the cluster (${cluster.provider}) lacks ${capability}`;
  return undefined;
}

const byId = (a: Check, b: Check): number => (a.id < b.id ? -1 : 1);
const byLevel = (a: Check, b: Check): number => levels.indexOf(a.level) - levels.indexOf(b.level) || byId(a, b);

/** A lane for each thing that checks change. */
function lanesOf(checks: readonly Check[]): readonly Lane[] {
  const lanes = new Map<string, Check[]>();
  for (const check of checks) {
    if (typeof check.exclusive !== 'string') continue;
    lanes.set(check.exclusive, [...(lanes.get(check.exclusive) ?? []), check]);
  }
  return [...lanes].map(([changes, own]) => ({ changes, checks: own }));
}

function planStep(checks: readonly Check[], step?: Step): PlannedStep {
  const sorted = [...checks].sort(byId);
  return {
    ...(step === undefined ? {} : { step }),
    sideBySide: sorted.filter((check) => !check.exclusive && !check.apart && !check.risky && !check.last).sort(byLevel),
    risky: sorted.filter((check) => check.risky),
    changing: lanesOf(sorted),
    alone: sorted.filter((check) => check.exclusive === true),
    apart: sorted.filter((check) => check.apart),
    last: sorted.filter((check) => check.last),
  };
}

/** The order in which the selected checks are tried: each after its step, and no step later than the last one needed. What ends the run stands at the end. */
export function plan(suites: readonly Suite[]): readonly PlannedArea[] {
  const areas = suites.map(planArea);
  const endsTheRun = ({ steps }: PlannedArea) => lastOf(steps).length > 0;
  return [...areas.filter((area) => !endsTheRun(area)), ...areas.filter(endsTheRun)];
}

function planArea({ area, checks }: Suite): PlannedArea {
  if (area.story === undefined) return { area, steps: [planStep(checks)] };
  const last = area.story.findLastIndex((step) => checks.some((check) => check.after === step.name));
  const steps = area.story.slice(0, last + 1).map((step) =>
    planStep(
      checks.filter((check) => check.after === step.name),
      step,
    ),
  );
  return { area, steps };
}

/** Every check of a plan, in its order. */
export const checksOf = (areas: readonly PlannedArea[]): readonly Check[] =>
  areas.flatMap(({ steps }) => checksOfSteps(steps));

/** Every check of one area, in its order. */
export const checksOfSteps = (steps: readonly PlannedStep[]): readonly Check[] => [
  ...steps.flatMap(checksOfStep),
  ...apartOf(steps),
  ...lastOf(steps),
];

/** The checks of a step in their order, but for those apart and last. */
export const checksOfStep = ({ sideBySide, risky, changing, alone }: PlannedStep): readonly Check[] => [
  ...sideBySide,
  ...risky,
  ...changing.flatMap(({ checks }) => checks),
  ...alone,
];

/** The checks of an area that run apart, which are shown after its steps. */
export const apartOf = (steps: readonly PlannedStep[]): readonly Check[] => steps.flatMap(({ apart }) => apart);

/** The checks of an area that run last of all. */
export const lastOf = (steps: readonly PlannedStep[]): readonly Check[] => steps.flatMap(({ last }) => last);

/** The areas without a story, each with those of its checks that can be tried; none where nothing can. */
export const groundsIn = (
  areas: readonly PlannedArea[],
  isSupported: (check: Check) => boolean,
): readonly { readonly area: Area; readonly checks: readonly Check[] }[] =>
  areas
    .filter(({ area }) => area.story === undefined)
    .map(({ area, steps }) => ({ area, checks: checksOfSteps(steps).filter(isSupported) }))
    .filter(({ checks }) => checks.length > 0);
