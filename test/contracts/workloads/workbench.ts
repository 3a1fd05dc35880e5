import { createApiClient } from '../../../src/kube/api-client.ts';
import { createKube } from '../../../src/kube/create-kube.ts';
import type { Kube } from '../../../src/kube/kube.ts';
import type { Cluster } from '../../../src/model/cluster.ts';
import type { KubernetesObject } from '../../../src/model/kubernetes.ts';

/** What the claims about a cluster's workloads are proven with. All objects are in one namespace. */
export interface Workbench {
  readonly namespace: string;
  readonly cluster: Cluster;
  readonly kube: Kube;
  /** Text of a log from its beginning to its end, as it is written; ends when the container does. */
  follow(pod: string): AsyncIterable<string>;
}

/** Proves one group of claims: declares mocha suites, and hands what must be there before to `given`. */
export type Claims = (bench: Workbench, given: (...objects: readonly KubernetesObject[]) => void) => void;

const v1 = { apiVersion: 'v1' } as const;
export const podKind = { ...v1, kind: 'Pod' } as const;

// biome-ignore lint/suspicious/noExplicitAny: a pod's fields are the API's
type Fields = Record<string, any>;

/** A container that runs a program text with the stock image. */
export const container = (program: string, more: Fields = {}): Fields => ({
  name: 'main',
  image: 'node:20-slim',
  args: ['-e', program],
  ...more,
});

/** A pod that runs a program text once. */
export const pod = (name: string, program: string, more: Fields = {}, spec: Fields = {}): KubernetesObject =>
  podOf(name, { containers: [container(program, more)], ...spec });

/** A pod of that specification; nothing of it is started again unless it says so. */
export const podOf = (name: string, spec: Fields, metadata: Fields = {}): KubernetesObject => ({
  ...podKind,
  metadata: { name, labels: { app: name }, ...metadata },
  spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, ...spec },
});

export const configMap = (name: string, data: Record<string, string>): KubernetesObject => ({
  ...v1,
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

export const secret = (name: string, stringData: Record<string, string>): KubernetesObject => ({
  ...v1,
  kind: 'Secret',
  metadata: { name },
  data: Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  ),
});

/** A program text that prints the value of a JavaScript expression, which may be a promise, as JSON. */
export const print = (expression: string): string =>
  `Promise.resolve(${expression}).then((value) => console.log(JSON.stringify(value)), (error) => { console.error(error); process.exitCode = 1 })`;

/** A program text that runs until it is told to stop. */
export const idle = `process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1e6)`;

/** A program text that serves HTTP: `answer` is an expression over `request`. */
export const serve = (port: number, answer = `'here'`): string =>
  `process.on('SIGTERM', () => process.exit()); require('http').createServer((request, response) => response.end(String(${answer}))).listen(${port})`;

/** A workbench on the cluster that `cluster` returns, once there is one. */
export function benchOn(namespace: string, cluster: () => Cluster): Workbench {
  let kube: Kube | undefined;
  return {
    namespace,
    get cluster() {
      return cluster();
    },
    get kube() {
      kube ??= createKube(cluster().kubeconfig);
      return kube;
    },
    async *follow(name) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/log?follow=true`;
      const { body } = await createApiClient(cluster().kubeconfig).open({ method: 'GET', path, what: 'follow a log' });
      for await (const chunk of body) yield String(chunk);
    },
  };
}
