import { delimiter } from 'node:path';
import { createApiClient } from '../../src/kube/api-client.ts';
import { createKube } from '../../src/kube/create-kube.ts';
import { type Cluster, type ClusterHost, flagOf, type ProviderFlags } from '../../src/model/cluster.ts';
import { startPlaced } from '../../src/toolchain/start-placed.ts';
import { parseAddress } from './address.ts';
import { namedContext } from './context.ts';
import { kubeconfigFiles, onlyContext, readKubeconfig } from './kubeconfig.ts';
import { collectPodLogs } from './logs.ts';
import { reachableNodes } from './nodes.ts';

/** Joins the cluster of the context that the flags name. Changes nothing there; disposing it leaves it as it is. */
export async function joinCluster(flags: ProviderFlags, { toolchain, signal }: ClusterHost): Promise<Cluster> {
  const address = flagOf(flags, 'address');
  const entrance = address === undefined ? undefined : parseAddress(address);
  const found = kubeconfigFiles(flagOf(flags, 'kubeconfig'));
  const config = await readKubeconfig(found);
  const context = namedContext(config, flagOf(flags, 'context'));
  const kubeconfig = onlyContext(config, context);

  const client = createApiClient(kubeconfig, signal);
  const version = await client.text({ method: 'GET', path: '/version', what: `ask ${context} for its version` });
  const nodes = await reachableNodes(createKube(kubeconfig, signal));
  const kubectl = (await toolchain.ensure(['kubectl'])).get('kubectl');
  // The person's own files: what they name and how they log in is kubectl's to read as ever.
  const kubectlEnv = { ...process.env, ...kubectl?.env, KUBECONFIG: found.files.join(delimiter) };
  return {
    provider: 'existing',
    name: context,
    kubeconfig,
    nodes,
    ...(entrance !== undefined && { entrance }),
    capabilities: nodes.length > 1 ? ['multiNode'] : [],
    versions: { kubernetes: JSON.parse(version ?? '{}').gitVersion ?? 'unknown' },
    // Its components are somebody's to watch: what fails is seen by its own failing.
    failed: new AbortController().signal,
    start(place, argv) {
      const [program = '', ...args] = argv;
      if (place.kind === 'external') {
        return startPlaced([program === 'node' ? process.execPath : program, ...args]);
      }
      const container = place.container === undefined ? [] : [`--container=${place.container}`];
      const pod = [`--namespace=${place.namespace}`, 'exec', '--stdin', place.name, ...container];
      return startPlaced([kubectl?.path ?? 'kubectl', `--context=${context}`, ...pod, '--', ...argv], kubectlEnv);
    },
    collectLogs: (folder) => collectPodLogs(createKube(kubeconfig, signal), folder),
    async [Symbol.asyncDispose]() {},
  };
}
