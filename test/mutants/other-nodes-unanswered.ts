import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'other-nodes-unanswered',
  complaint: 'Only one of our nodes answers on the NodePort; the load balancer calls the others dead.',
  killedBy: {
    'tutorial/any-node-answers': /no answer/,
    'tutorial/node-hides-client': /an address other than the client’s/,
  },
  install: (object) =>
    object.kind === 'Service' ? { ...object, spec: { ...object.spec, externalTrafficPolicy: 'Local' } } : object,
});
