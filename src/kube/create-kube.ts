import { setTimeout as pause } from 'node:timers/promises';
import { AssayError, environmentError } from '../model/errors.ts';
import type { KubernetesObject, ObjectRef } from '../model/kubernetes.ts';
import { timeouts } from '../model/timeouts.ts';
import { createApiClient } from './api-client.ts';
import { applyOrder } from './apply-order.ts';
import type { Kube, ListWhere } from './kube.ts';
import { inNamespace } from './namespaced.ts';
import { forbidden } from './permissions.ts';
import { createResources, type Kind, nameOf, pathOf } from './resources.ts';
import { rollout } from './rollout.ts';
import { listObjects, watchUntil } from './wait-for.ts';

const fieldManager = 'ingress-assay';

/**
 * The Kubernetes API behind a kubeconfig. Reaches out at the first call, not here. Everything it is doing ends with `signal`'s
 * reason once that is aborted.
 */
export function createKube(kubeconfig: string, signal: AbortSignal = new AbortController().signal): Kube {
  const client = createApiClient(kubeconfig, signal);
  const resourceOf = createResources(client);

  async function applyOne(object: KubernetesObject): Promise<void> {
    const { namespace, name } = object.metadata;
    const path = pathOf(await resourceOf(object), namespace, name);
    const what = `apply ${nameOf({ kind: object.kind, namespace, name })}`;
    const done = await client.text({
      method: 'PATCH',
      path: `${path}?fieldManager=${fieldManager}&force=true&fieldValidation=Strict`,
      what,
      body: object, // JSON is YAML
      contentType: 'application/apply-patch+yaml',
    });
    if (done === undefined) throw missing(what, namespace);
  }

  const watch = async <T>(
    kind: Kind,
    where: ListWhere,
    seen: (objects: readonly KubernetesObject[]) => T | undefined,
    stop: AbortSignal,
  ): Promise<T> => watchUntil(client, await resourceOf(kind), kind, where, seen, AbortSignal.any([stop, signal]));

  const kube: Kube = {
    inNamespace: (objects, namespace) => inNamespace(objects, namespace, resourceOf),

    async apply(objects) {
      for (const group of applyOrder(objects)) {
        await Promise.all(group.map(applyOne));
        const definitions = group.filter(({ kind }) => kind === 'CustomResourceDefinition');
        await Promise.all(
          definitions.map(async (definition) => {
            await established(kube, definition);
            await discovered(resourceOf, definition);
          }),
        );
      }
    },

    async create(object) {
      const { namespace, name } = object.metadata;
      const what = `create ${nameOf({ kind: object.kind, namespace, name })}`;
      const done = await client.text({
        method: 'POST',
        path: `${pathOf(await resourceOf(object), namespace)}?fieldManager=${fieldManager}&fieldValidation=Strict`,
        what,
        body: object,
        once: true,
      });
      if (done === undefined) throw missing(what, namespace);
    },

    async get(ref) {
      const path = pathOf(await resourceOf(ref), ref.namespace, ref.name);
      const text = await client.text({ method: 'GET', path, what: `get ${nameOf(ref)}` });
      return text === undefined ? undefined : JSON.parse(text);
    },

    async list(kind, where = {}) {
      const { items } = await listObjects(client, await resourceOf(kind), kind, where);
      return items;
    },

    async patch(edits) {
      for (const { object, subresource, patch } of edits) {
        const what = `patch ${nameOf(object)}`;
        const path = pathOf(await resourceOf(object), object.namespace, object.name);
        const part = subresource === undefined ? '' : `/${subresource}`;
        const done = await client.text({
          method: 'PATCH',
          path: `${path}${part}?fieldManager=${fieldManager}&fieldValidation=Strict`,
          what,
          body: patch,
          contentType: 'application/merge-patch+json',
        });
        if (done === undefined) throw missing(what, object.namespace);
      }
    },

    async remove(refs, { wait = false, graceSeconds } = {}) {
      await Promise.all(
        refs.map(async (ref) => {
          const path = pathOf(await resourceOf(ref), ref.namespace, ref.name);
          const body = {
            propagationPolicy: 'Background',
            ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }),
          };
          await client.text({ method: 'DELETE', path, what: `delete ${nameOf(ref)}`, body });
          if (wait) await gone(kube, ref);
        }),
      );
    },

    async waitFor(kind, where, ready, what, timeoutMs = timeouts.rolloutMs) {
      let last: readonly KubernetesObject[] = [];
      const late = AbortSignal.timeout(Math.ceil(timeoutMs));
      const seen = (objects: readonly KubernetesObject[]) => {
        last = objects;
        return ready(objects);
      };
      try {
        return await watch(kind, where, seen, late);
      } catch (thrown) {
        if (!late.aborted || signal.aborted || thrown !== late.reason) throw thrown;
        const names = last.map(({ metadata }) => nameOf({ ...metadata, kind: kind.kind })).join(', ');
        throw environmentError('wait-timeout', `waited ${timeoutMs} ms for ${what}; there is: ${names || 'nothing'}`, {
          next: `kubectl get ${kind.kind.toLowerCase()} ${where.namespace ? `-n ${where.namespace}` : '-A'} -o yaml`,
        });
      }
    },

    rollout: (namespace, names, { kind = 'Deployment', timeoutMs = timeouts.rolloutMs } = {}) =>
      rollout(
        { ...kube, waitFor: (what, within, seen, stop) => watch(what, { namespace: within }, seen, stop) },
        { kind, namespace, names },
        timeoutMs,
        signal,
      ),

    forbidden: (actions) => forbidden(client, resourceOf, actions),

    async logs({ namespace, name, container }, { tailLines, previous, sinceMs, timestamps } = {}) {
      const query = new URLSearchParams();
      if (container !== undefined) query.set('container', container);
      if (tailLines !== undefined) query.set('tailLines', String(tailLines));
      if (previous) query.set('previous', 'true');
      if (sinceMs !== undefined) query.set('sinceTime', new Date(sinceMs).toISOString());
      if (timestamps) query.set('timestamps', 'true');
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/log?${query}`;
      const what = `read the log of pod ${namespace}/${name}`;
      const text = await client.text({ method: 'GET', path, what });
      if (text === undefined) throw missing(what, namespace);
      return text;
    },
  };
  return kube;
}

const missing = (what: string, namespace: string | undefined) =>
  environmentError('object-missing', `cannot ${what}: it, or its namespace, is not there`, {
    next: namespace === undefined ? 'kubectl get namespaces' : `kubectl -n ${namespace} get all`,
  });

/** Waits until the API serves a CustomResourceDefinition's kind. */
const established = (kube: Kube, { apiVersion, kind, metadata: { name } }: KubernetesObject): Promise<true> =>
  kube.waitFor(
    { apiVersion, kind },
    { name },
    ([definition]) =>
      definition?.status?.conditions?.some(
        (one: { type: string; status: string }) => one.type === 'Established' && one.status === 'True',
      ) || undefined,
    `CustomResourceDefinition ${name} to be established`,
  );

/** Discovery tells of an established kind a moment later, and until then there is no asking for its objects. */
async function discovered(resourceOf: (kind: Kind) => Promise<unknown>, { spec }: KubernetesObject): Promise<void> {
  const giveUpAtMs = performance.now() + timeouts.apiRequestMs;
  for (const { name } of spec.versions.filter((version: { served: boolean }) => version.served)) {
    const isThere = () => resourceOf({ apiVersion: `${spec.group}/${name}`, kind: spec.names.kind });
    while (performance.now() < giveUpAtMs && (await isThere().catch(onlyUnknown)) === undefined) await pause(20);
  }
}

function onlyUnknown(thrown: unknown): undefined {
  if (!(thrown instanceof AssayError && thrown.code === 'kind-unknown')) throw thrown;
}

const gone = (kube: Kube, { apiVersion, kind, namespace, name }: ObjectRef): Promise<true> =>
  kube.waitFor(
    { apiVersion, kind },
    { name, ...(namespace === undefined ? {} : { namespace }) },
    (left) => left.length === 0 || undefined,
    `${nameOf({ kind, namespace, name })} to be gone`,
    timeouts.namespaceGoneMs,
  );
