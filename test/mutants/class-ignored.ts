import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'class-ignored',
  complaint: 'The internal controller’s Ingresses are served to the whole world by the public one.',
  killedBy: {
    'class/own-class-only': /from none of our back-ends; got status 200 from hit/,
    'class/leaving-the-class-withdraws': /from none of our back-ends; got status 200 from hit/,
  },
  fault: (honest) => ({
    // On its own ground only: others share the cluster.
    isOurs: (ingress, classes, ownClass) =>
      honest.isOurs(ingress, classes, ownClass) ||
      (ingress.spec.ingressClassName !== undefined && ingress.metadata.namespace?.includes('class-ignored') === true),
  }),
});
