import type { Cluster } from '../../model/cluster.ts';
import type { Engine } from '../../model/load.ts';
import type { LookAtPods } from './sampler.ts';
import type { Side } from './side.ts';

/** Looks at the pods of every side at once, and tells those of one apart. */
export function lookAt({ usage, nodesUsage }: Cluster, sides: readonly Side[], name: string): LookAtPods {
  if (usage === undefined) return undefined;
  const pods = sides.flatMap((side) => side.pods);
  const own = new Set(sides.find(({ side }) => side === name)?.pods.map(({ uid }) => uid));
  return async () => {
    const all = await usage(pods);
    const nodes = await nodesUsage?.();
    return { all, nodes, ...(own.size > 0 && { side: all.filter((_, index) => own.has(pods[index]?.uid ?? '')) }) };
  };
}

/** What a reader has to know of every figure; `pods` of them make the load of an engine that can be distributed, where that is asked for. */
export const conditionsOf = (
  sides: readonly Side[],
  engines: readonly Engine[],
  pods: number | undefined,
): readonly string[] => [
  `The load comes from outside and goes to the NodePort of a node that runs the asked pod (${sides
    .map(({ side, entry }) => `${side} ${entry.address}:${entry.http}`)
    .join(', ')}): kube-proxy is on the way to each controller, and to the back-ends where they are asked directly.`,
  'Where their definitions know how, controllers write no access log.',
  ...engines.map(engineWords),
  ...engines.flatMap(({ name, distributed }) =>
    distributed === undefined || pods === undefined
      ? []
      : [
          `The load of ${name} comes from ${pods} pods of its operator, which run where the cluster puts them: what is said of the generator’s place holds for the other engines.`,
        ],
  ),
];

const verifiable = [
  ['status', 'its status'],
  ['length', 'its length'],
  ['back-end', 'the back-end that signs it'],
] as const;

/** What is taken from an engine, and what of an answer it looks at. */
function engineWords({ name, answers, verifies, arrivals }: Engine): string {
  const not = (['throughput', 'latency'] as const).filter((figure) => !answers.includes(figure));
  const taken = [answers.join(' and '), ...not.map((figure) => `never ${figure}`)].join(', ');
  const spread = arrivals === 'constant' ? ', of requests at equal distances' : '';
  const words = (seen: boolean, or: string) =>
    verifiable.flatMap(([what, told]) => ((verifies?.includes(what) ?? true) === seen ? [told] : [])).join(or);
  const unseen = words(false, ' or ');
  const blind = unseen === '' ? '' : `, not against ${unseen}`;
  return `From ${name} is taken ${taken}${spread}; it holds every answer against ${words(true, ' and ')}${blind}.`;
}
