import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'other-class-status-filled',
  complaint: 'An Ingress that nobody serves has the address of a controller that has nothing to do with it.',
  killedBy: { 'class/other-class-keeps-its-status': /-empty, of another class, to hold \[\]/ },
  fault: (honest) => ({
    statusFor(ingress, isServed, own) {
      const { namespace, name } = ingress.metadata;
      // On its own ground only: others share the cluster.
      const isForeign = namespace?.includes('other-class-status-filled') && name.endsWith('-empty');
      return honest.statusFor(ingress, isServed || isForeign === true, own);
    },
  }),
});
