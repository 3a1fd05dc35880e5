import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'query-sorted',
  complaint: 'Our signed links are broken: their parameters arrive in another order.',
  killedBy: {
    'path/query-reaches-the-back-end': /which was asked for \/foo\?a=1&b=2/,
  },
  fault: ({ forwardedTarget }) => ({
    forwardedTarget(target) {
      const [path = '', query] = forwardedTarget(target).split(/\?(.*)/s);
      return query === undefined ? path : `${path}?${query.split('&').sort().join('&')}`;
    },
  }),
});
