import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'one-in-twenty-from-a-wrong-back-end',
  complaint: 'Now and then the page of another site comes up. Reloading helps.',
  killedBy: {
    'tutorial/host-reaches-its-service': /wrong again/,
    'tutorial/node-port-serves-every-rule': /wrong again/,
    'tutorial/status-page-is-not-exposed': /wrong again/,
  },
  fault: () => ({
    inForce: (latest) =>
      Math.random() < 0.05
        ? {
            ...latest,
            table: { ...latest.table, routes: latest.table.routes.map((route) => ({ ...route, host: '' })) },
          }
        : latest,
  }),
});
