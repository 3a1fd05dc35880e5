import { originForm } from '../../controllers/reference/program/request-target.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'absolute-form-ignored',
  complaint: 'Behind the company’s proxy, which names the host in the request line, people see the wrong site.',
  killedBy: {
    'path/absolute-form-names-the-host': /expected status 200 from (hit|other); got status 200 from (hit|other|miss)/,
  },
  fault: ({ targetOf }) => ({
    targetOf: ({ url = '/', headers }) => targetOf({ url: originForm(url), headers }),
  }),
});
