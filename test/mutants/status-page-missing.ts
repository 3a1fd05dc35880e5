import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'status-page-missing',
  complaint: 'The status page is documented, and not there.',
  killedBy: {
    'tutorial/status-page-by-node-port': /the status page/,
    'tutorial/status-page-by-path': /the status page/,
  },
  fault: (honest) => ({ statusPage: (response) => honest.nowhere(response) }),
});
