import { type Endpoint, keyOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

const nameOf = ({ address, port }: Endpoint): string => `${address}:${port}`;

export default defineMutant({
  name: 'ready-again-never-used',
  complaint: 'A pod that was once overloaded never gets another request, until someone restarts it.',
  killedBy: { 'backends/unready-pod-is-withdrawn': /an answer of the pod that is ready again/ },
  fault: (honest) => {
    const everSeen = new Map<string, Set<string>>();
    const gone = new Map<string, Set<string>>();
    const setOf = (sets: Map<string, Set<string>>, key: string) => {
      const its = sets.get(key) ?? new Set<string>();
      sets.set(key, its);
      return its;
    };
    return {
      endpointsOf(view, backend) {
        const now = honest.endpointsOf(view, backend);
        const names = now.map(nameOf);
        const [seen, lost] = [setOf(everSeen, keyOf(backend)), setOf(gone, keyOf(backend))];
        for (const one of seen) if (!names.includes(one)) lost.add(one);
        for (const one of names) seen.add(one);
        return now.filter((one) => !lost.has(nameOf(one)));
      },
    };
  },
});
