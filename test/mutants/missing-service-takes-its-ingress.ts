import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'missing-service-takes-its-ingress',
  complaint: 'Someone deleted the Service of one old path, and the whole site was gone.',
  killedBy: { 'backends/missing-service-leaves-other-rules': /from hit; got status 404/ },
  fault: (honest) => ({
    configure(view, ownClass, parts) {
      const names = new Set(view.services.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`));
      const ingresses = view.ingresses.filter(({ metadata, spec }) =>
        (spec.rules ?? [])
          .flatMap(({ http }) => http?.paths ?? [])
          .every(
            ({ backend: { service } }) => service === undefined || names.has(`${metadata.namespace}/${service.name}`),
          ),
      );
      return honest.configure({ ...view, ingresses }, ownClass, parts);
    },
  }),
});
