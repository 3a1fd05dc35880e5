import { defineMutant } from '../mutant.ts';

export default defineMutant({
  name: 'prefix-slash-required',
  complaint: 'The rule says /docs/; whoever types /docs is told that there is no such page.',
  killedBy: {
    'path/prefix-ignores-its-trailing-slash': /expected status 200 from hit; got status 200 from miss/,
  },
  fault: ({ matchesPath }) => ({
    matchesPath: (rule, given) =>
      matchesPath(rule, given) && !(rule.pathType === 'Prefix' && `${given}/` === rule.path),
  }),
});
