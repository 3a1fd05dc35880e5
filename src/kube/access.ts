import type https from 'node:https';
import { createSecureContext } from 'node:tls';
import { parse } from 'yaml';
import { environmentError, messageOf } from '../model/errors.ts';

/** How to reach the API server that a kubeconfig's current context names. */
export interface Access {
  readonly server: string;
  /** Whether an agent of the options has to be used, since there is a proxy on the way. */
  readonly viaProxy: boolean;
  /** What each request carries: credentials, and what verifies the server. */
  options(): Promise<https.RequestOptions>;
}

type Fields = Readonly<Record<string, unknown>>;
interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { cluster: string; user: string } }[];
  readonly clusters?: readonly { readonly name: string; readonly cluster: Fields }[];
  readonly users?: readonly { readonly name: string; readonly user: Fields }[];
}

/** The fields that say all by themselves: no file to read, no program to run, no login. */
const plainOfCluster = ['server', 'certificate-authority-data', 'insecure-skip-tls-verify'];
const plainOfUser = ['client-certificate-data', 'client-key-data', 'token'];
const hasOnly = (fields: Fields, known: readonly string[]): boolean =>
  Object.keys(fields).every((name) => known.includes(name));

/** Reads a kubeconfig; a `kubeconfig-invalid` error where it does not parse or names no cluster. */
export function accessOf(kubeconfig: string): Access {
  const config = parsed(kubeconfig);
  const named = <T extends { readonly name: string }>(those: readonly T[] | undefined, wanted: unknown) =>
    those?.find(({ name }) => name === wanted);
  const context = named(config.contexts, config['current-context'])?.context;
  const cluster = named(config.clusters, context?.cluster)?.cluster;
  const user = named(config.users, context?.user)?.user ?? {};
  const server = cluster?.server;
  if (cluster === undefined || typeof server !== 'string')
    throw environmentError('kubeconfig-invalid', 'the kubeconfig has no cluster for its current context', {
      next: 'kubectl config view --minify',
    });
  const isPlain = hasOnly(cluster, plainOfCluster) && hasOnly(user, plainOfUser);
  return {
    server: server.replace(/\/$/, ''),
    viaProxy: Boolean(cluster['proxy-url']),
    options: isPlain ? plainOptions(cluster, user) : loadedOptions(kubeconfig),
  };
}

function plainOptions(cluster: Fields, user: Fields): Access['options'] {
  const pem = (option: string, data: unknown) => (data ? { [option]: Buffer.from(String(data), 'base64') } : {});
  const make = async () => ({
    // Made once: to read certificates takes longer than to send most requests.
    secureContext: createSecureContext({
      ...pem('ca', cluster['certificate-authority-data']),
      ...pem('cert', user['client-certificate-data']),
      ...pem('key', user['client-key-data']),
    }),
    ...(cluster['insecure-skip-tls-verify'] === true ? { rejectUnauthorized: false } : {}),
    headers: user.token ? { authorization: `Bearer ${user.token}` } : {},
  });
  let made: ReturnType<typeof make> | undefined;
  return () => (made ??= make());
}

/** By client-node, which knows every kind of login. It is loaded only where one is needed: it takes 50 MiB. */
function loadedOptions(kubeconfig: string): Access['options'] {
  const load = async () => {
    const { KubeConfig } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    try {
      config.loadFromString(kubeconfig);
    } catch (thrown) {
      throw doesNotParse(thrown);
    }
    return config;
  };
  let loading: ReturnType<typeof load> | undefined;
  return async () => {
    loading ??= load();
    const options: https.RequestOptions = {};
    await (await loading).applyToHTTPSOptions(options);
    return options;
  };
}

function parsed(kubeconfig: string): Kubeconfig {
  try {
    return parse(kubeconfig) ?? {};
  } catch (thrown) {
    throw doesNotParse(thrown);
  }
}

const doesNotParse = (cause: unknown) =>
  environmentError('kubeconfig-invalid', `the kubeconfig does not parse: ${messageOf(cause)}`, {
    next: 'kubectl config view',
    cause,
  });
