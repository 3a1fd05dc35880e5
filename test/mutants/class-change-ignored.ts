import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'class-change-ignored',
  complaint: 'We moved an Ingress to the internal class, and it can still be reached from outside.',
  killedBy: { 'class/leaving-the-class-withdraws': /from none of our back-ends; got status 200 from hit/ },
  fault: (honest) => {
    const ever = new Set<string>();
    return {
      isOurs(ingress, classes, ownClass) {
        const name = `${ingress.metadata.namespace}/${ingress.metadata.name}`;
        if (honest.isOurs(ingress, classes, ownClass)) ever.add(name);
        return ever.has(name);
      },
    };
  },
});
