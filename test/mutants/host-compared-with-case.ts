import { authorityOf } from '../../controllers/reference/program/request-target.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'host-compared-with-case',
  complaint: 'Whoever types Foo.com with a capital F gets 404.',
  killedBy: {
    'host/letter-case-does-not-matter': /200 from hit; got status 404/,
  },
  fault: (honest) => ({
    targetOf: (request) => ({ ...honest.targetOf(request), host: authorityOf(request).replace(/:\d*$/, '') }),
  }),
});
