import { usageError } from '../../src/model/errors.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** The context that was named. Never one that was not: the kubeconfig's current one may be anybody's cluster. */
export function namedContext({ contexts }: Kubeconfig, named: string | undefined): string {
  const known = contexts.map(({ name }) => name);
  const all = `The kubeconfig has: ${known.join(', ') || 'none'}.`;
  if (named === undefined) {
    throw usageError('context-missing', `which cluster? None is taken that was not named. ${all}`, {
      next: known[0] === undefined ? 'name a kubeconfig with --kubeconfig' : 'name one with --context',
    });
  }
  if (known.includes(named)) return named;
  throw usageError('unknown-context', `there is no context "${named}". ${all}`, {
    next: 'kubectl config get-contexts',
  });
}
