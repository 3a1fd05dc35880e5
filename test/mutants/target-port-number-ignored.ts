import { servicePortOf } from '../../controllers/reference/program/endpoints.ts';
import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'target-port-number-ignored',
  complaint: 'Our Service maps port 8082 to 8081, but requests come to the pods at 8082.',
  killedBy: { 'backends/target-port-by-number': /from hit; got status 200 from miss/ },
  fault: (honest) => ({
    endpointsOf(view, backend) {
      const endpoints = honest.endpointsOf(view, backend);
      const port: { readonly port: number; readonly targetPort?: unknown } | undefined = servicePortOf(view, backend);
      return typeof port?.targetPort === 'number'
        ? endpoints.map(({ address }) => ({ address, port: port.port }))
        : endpoints;
    },
  }),
});
