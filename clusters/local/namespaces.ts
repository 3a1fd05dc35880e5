/** What a cluster is started under: namespaces of its own, which end with all in them when their first process ends. */
export const inNamespaces = (argv: readonly string[]): readonly string[] => [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--uts',
  '--ipc',
  '--fork',
  '--mount-proc',
  '--kill-child',
  ...argv,
];
