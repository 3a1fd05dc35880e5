/** What to do where a component has ended or does not get ready, by what it said. */
export const adviceOn = (said: string, otherwise: string): string =>
  /too many open files/i.test(said)
    ? 'most likely this user has no inotify instances left, of which each node takes some: sudo sysctl fs.inotify.max_user_instances=1024, or remove a cluster; ulimit -n is the other limit of that name'
    : otherwise;
