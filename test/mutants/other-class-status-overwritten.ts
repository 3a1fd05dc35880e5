import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'other-class-status-overwritten',
  complaint: 'Two controllers fight over the address of one Ingress, and our DNS follows them back and forth.',
  killedBy: { 'class/other-class-keeps-its-status': /of another class, to hold \[\{"ip":"203\.0\.113\.80"\}\]/ },
  fault: (honest) => ({
    statusFor(ingress, isServed, own) {
      const { namespace, name } = ingress.metadata;
      // On its own ground only: others share the cluster.
      const isForeign = namespace?.includes('other-class-status-overwritten') && name.endsWith('-written');
      return honest.statusFor(ingress, isServed || isForeign === true, own);
    },
  }),
});
