import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'annotation-ignored',
  complaint: 'Our Ingresses of five years ago still say their class in the annotation, and are gone since the upgrade.',
  killedBy: { 'class/annotation-is-honoured': /from hit; got status 404/ },
  fault: (honest) => ({
    isOurs: (ingress, classes, ownClass) =>
      ingress.spec.ingressClassName !== undefined && honest.isOurs(ingress, classes, ownClass),
  }),
});
