import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'default-class-disowned',
  complaint: 'We made it the default class, as its manual says, and it serves nothing any more.',
  killedBy: { 'class/default-class-is-served': /from hit; got status 404/ },
  fault: (honest) => ({
    isOurs: (ingress, classes, ownClass) =>
      honest.isOurs(
        ingress,
        classes.filter(
          ({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === undefined,
        ),
        ownClass,
      ),
  }),
});
