import { authorityOf } from '../../controllers/reference/program/request-target.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'host-compared-with-its-port',
  complaint: 'The site works on port 80, but through the NodePort everything is 404.',
  killedBy: {
    'host/port-does-not-matter': /200 from hit; got status 404/,
  },
  fault: (honest) => ({
    targetOf: (request) => ({ ...honest.targetOf(request), host: authorityOf(request).toLowerCase() }),
  }),
});
