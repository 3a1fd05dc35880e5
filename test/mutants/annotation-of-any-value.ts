import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'annotation-of-any-value',
  complaint: 'An Ingress that has another controller’s name in its annotation is served by two.',
  killedBy: { 'class/annotation-is-honoured': /from none of our back-ends; got status 200 from hit/ },
  fault: (honest) => ({
    // On its own ground only: others share the cluster.
    isOurs: (ingress, classes, ownClass) =>
      honest.isOurs(ingress, classes, ownClass) ||
      (ingress.spec.ingressClassName === undefined &&
        ingress.metadata.namespace?.includes('annotation-of-any-value') === true),
  }),
});
