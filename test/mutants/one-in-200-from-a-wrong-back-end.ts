import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'one-in-200-from-a-wrong-back-end',
  complaint: 'A few times a day a customer sees the page of another, and nobody can reproduce it.',
  killedBy: { 'host/never-from-anothers-back-end': /wrong again/ },
  fault: (honest) => ({
    findBackend: (table, target, own) =>
      Math.random() < 0.005
        ? table.routes.find((route) => route.host !== target.host)?.backend
        : honest.findBackend(table, target, own),
  }),
});
