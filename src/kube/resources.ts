import { environmentError } from '../model/errors.ts';
import type { ApiClient } from './api-client.ts';

/** A kind as API and manifests name it. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Where objects of a kind are found below the server's address. */
export interface Resource {
  /** `/api/v1`, `/apis/apps/v1`. */
  readonly root: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Looks kinds up by the API's own discovery, asking again for a kind not seen before: CRDs arrive while we run. */
export function createResources(client: ApiClient): (kind: Kind) => Promise<Resource> {
  const known = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  async function discover(apiVersion: string): Promise<ReadonlyMap<string, Resource>> {
    const root = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    const text = await client.text({ method: 'GET', path: root, what: `look up the kinds of ${apiVersion}` });
    const list: { name: string; kind: string; namespaced: boolean }[] = text ? JSON.parse(text).resources : [];
    return new Map(
      list
        .filter(({ name }) => !name.includes('/')) // subresources bear their parent's kind
        .map(({ name, kind, namespaced }) => [kind, { root, plural: name, namespaced }]),
    );
  }

  return async ({ apiVersion, kind }) => {
    const found = (await known.get(apiVersion)?.catch(() => undefined))?.get(kind);
    if (found) return found;
    const fresh = discover(apiVersion);
    known.set(apiVersion, fresh);
    const resource = (await fresh).get(kind);
    if (resource) return resource;
    throw environmentError('kind-unknown', `${client.server} knows no kind ${kind} in ${apiVersion}`, {
      next: 'kubectl api-resources',
    });
  };
}

/** Path of one object, or of all objects of its kind where `name` is absent. */
export const pathOf = (resource: Resource, namespace: string | undefined, name?: string): string =>
  [
    resource.root,
    ...(resource.namespaced && namespace !== undefined ? ['namespaces', encodeURIComponent(namespace)] : []),
    resource.plural,
    ...(name === undefined ? [] : [encodeURIComponent(name)]),
  ].join('/');

/** `Deployment default/web`, `Namespace default`. */
export const nameOf = (object: { kind: string; name: string; namespace?: string | undefined }): string =>
  `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
