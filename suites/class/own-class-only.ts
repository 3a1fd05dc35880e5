import { defineCheck } from '../../src/kit/check.ts';
import { ingress, prefix } from '../../src/kit/ingress.ts';
import { foreignClass } from '../../src/kit/ingress-class.ts';
import { ingressApi } from '../../src/kit/requirement.ts';

export default defineCheck({
  id: 'class/own-class-only',
  title: 'an Ingress of this controller’s class is served; one of another class, or of one that is not there, is not',
  level: 'spec',
  requirement: ingressApi(
    'Ingress controller implementations use this field to know whether they should be serving this Ingress resource, by a transitive connection (controller -> IngressClass -> Ingress resource).',
  ),
  given(ground) {
    const foreign = foreignClass(ground);
    const at = (name: string) => [{ host: `${name}.${ground.host}`, paths: [prefix('/', 'hit')] }];
    return [
      foreign,
      ingress(ground, at('own'), { name: 'own' }),
      ingress(ground, at('foreign'), { name: 'foreign', ingressClass: foreign.metadata.name }),
      ingress(ground, at('unknown'), { name: 'unknown', ingressClass: `${ground.namespace}-unknown` }),
    ];
  },
  expect: ({ host }) => [
    { host: `own.${host}`, servedBy: 'hit' },
    { host: `foreign.${host}`, servedBy: 'nobody' },
    { host: `unknown.${host}`, servedBy: 'nobody' },
  ],
});
