import { type Capability, type ClusterProvider, capabilities } from '../src/model/cluster.ts';

const names = Object.keys(capabilities) as readonly Capability[];

/** Which provider's clusters have which capability, as Markdown. */
export function capabilityTable(providers: readonly ClusterProvider[]): string {
  const cells = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [
    cells(['capability', ...providers.map(({ name }) => name)]),
    cells(['---', ...providers.map(() => '---')]),
    ...names.map((name) =>
      cells([`\`${name}\`: ${capabilities[name]}`, ...providers.map(({ offers }) => offers[name] ?? 'no')]),
    ),
  ].join('\n');
}

const [begin, end] = ['<!-- capabilities: npm run docs:checks -->', '<!-- end -->'];

/** The document with the table between its two marks replaced. */
export function withCapabilityTable(document: string, providers: readonly ClusterProvider[]): string {
  const [before = '', rest = ''] = document.split(begin);
  const after = rest.slice(rest.indexOf(end));
  return `${before}${begin}\n${capabilityTable(providers)}\n${after}`;
}
