// What authors of checks, controllers, clusters, programs, load engines and reporters import from `ingress-assay`.
export type { Change } from './kit/change.ts';
export { type Area, type Check, defineArea, defineCheck, type Observation, type Step } from './kit/check.ts';
export type { Convergence, ConvergeOptions, RowConvergence, RowHistory } from './kit/converge.ts';
export type { Expectation, Road } from './kit/expectation.ts';
export { CheckFailed } from './kit/failure.ts';
export { frontServiceManifest } from './kit/front-service.ts';
export type { ControllerUnderTest, Kit } from './kit/kit.ts';
export type { Sample, Stream, StreamOptions } from './kit/stream.ts';
export { parseManifest, readManifest } from './kube/manifest.ts';
export { type Level, levels, type Requirement } from './model/claim.ts';
export {
  type Capability,
  type Cluster,
  type ClusterHost,
  type ClusterOptions,
  type ClusterProvider,
  capabilities,
  defineCluster,
  type Place,
  type ProviderFlag,
  type ProviderFlags,
} from './model/cluster.ts';
export {
  type Chart,
  type Controller,
  type ControllerSettings,
  defineController,
  type Feature,
  features,
} from './model/controller.ts';
export { AssayError, environmentError, exitCodes, usageError } from './model/errors.ts';
export type { Edit, KubernetesObject, ObjectRef } from './model/kubernetes.ts';
export { defineEngine, type Engine, type LoadOrder, type LoadResult } from './model/load.ts';
export type { ProbeOutcome, ProbeRecord, ProbeRequest, ServedBy } from './model/probe.ts';
export { defineProgram, type Program, type Source } from './model/program.ts';
export { type CheckReport, type Report, reportSchema, reportSchemaVersion } from './model/report.ts';
export { defineReporter, type Reporter } from './model/reporter.ts';
export { defineScenario, type Scenario, type ScenarioPoint } from './model/scenario.ts';
export { timeouts } from './model/timeouts.ts';
export { type Failure, type Verdict, type VerdictKind, verdictKinds } from './model/verdict.ts';
