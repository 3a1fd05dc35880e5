import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'class/annotation-is-honoured',
  title:
    'an Ingress that names this controller’s class by the deprecated annotation is served; one that names another is not',
  level: 'convention',
  requirement: ingressApi(
    'However, even though the annotation is officially deprecated, for backwards compatibility reasons, ingress controllers should still honor that annotation if present.',
  ),
  // The annotation names a controller by its configuration, the field an IngressClass: of one that is there only the latter is known.
  features: ['annotationClass'],
  given: (ground) =>
    [
      { name: 'own', value: ground.annotationClass ?? ground.ingressClass },
      { name: 'foreign', value: `${ground.namespace}-foreign` },
    ].map(({ name, value }) =>
      ingress(ground, [{ host: `${name}.${ground.host}`, paths: [prefix('/', 'hit')] }], {
        name,
        ingressClass: null,
        annotations: { 'kubernetes.io/ingress.class': value },
      }),
    ),
  expect: ({ host }) => [
    { host: `own.${host}`, servedBy: 'hit' },
    { host: `foreign.${host}`, servedBy: 'nobody' },
  ],
});
