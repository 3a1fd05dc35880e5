import pLimit from 'p-limit';
import { AssayError } from '../model/errors.ts';
import type { ApiClient } from './api-client.ts';
import type { Action, Refused } from './kube.ts';
import type { Kind, Resource } from './resources.ts';

const atOnce = 8;

/** Asks the API whether it would allow everything, and else action by action (SelfSubjectAccessReview); returns those it would refuse. */
export async function forbidden(
  client: ApiClient,
  resourceOf: (kind: Kind) => Promise<Resource>,
  actions: readonly Action[],
): Promise<readonly Refused[]> {
  const everything = { verb: '*', group: '*', resource: '*' };
  if (actions.length > 1 && (await isAllowed(client, everything, 'ask whether it may do everything'))) return [];
  const turn = pLimit(atOnce);
  const answers = await Promise.all(actions.map((action) => turn(() => review(client, resourceOf, action))));
  return answers.flatMap((refused) => refused ?? []);
}

async function review(
  client: ApiClient,
  resourceOf: (kind: Kind) => Promise<Resource>,
  { verb, apiVersion, kind, subresource, namespace }: Action,
): Promise<Refused | undefined> {
  const resource = await resourceOf({ apiVersion, kind }).catch((thrown: unknown) => {
    if (thrown instanceof AssayError && thrown.code === 'kind-unknown') return undefined;
    throw thrown;
  });
  if (resource === undefined) return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const name = group === '' ? resource.plural : `${resource.plural}.${group}`;
  const refused = { verb, resource: subresource === undefined ? name : `${name}/${subresource}` };
  const attributes = {
    verb,
    group,
    resource: resource.plural,
    ...(subresource !== undefined && { subresource }),
    ...(resource.namespaced && { namespace }),
  };
  const allowed = await isAllowed(client, attributes, `ask whether it may ${verb} ${refused.resource}`);
  return allowed ? undefined : refused;
}

/** `resourceAttributes` of a SelfSubjectAccessReview, put to the API. */
async function isAllowed(client: ApiClient, attributes: Readonly<Record<string, string>>, what: string) {
  const answer = await client.text({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    what,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: attributes },
    },
  });
  return JSON.parse(answer ?? '{}').status?.allowed === true;
}
