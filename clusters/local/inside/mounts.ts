import { inside } from '../plan.ts';
import { shell } from './shell.ts';

/**
 * Puts memory over /var/lib, with what was there bound back in: the machine's disk is never written, yet programs and
 * caches that happen to lie below /var/lib stay where they were.
 */
export const mountData = (): Promise<string> =>
  shell(
    'mounting the cluster’s own /var/lib',
    `cd /var/lib
    mount -t tmpfs -o mode=0755 tmpfs /var/lib
    for entry in .[!.]* *; do
      if [ -L "$entry" ]; then ln -s "$(readlink "$entry")" "/var/lib/$entry"
      elif [ "$entry" != kubelet ] && [ -d "$entry" ]; then
        mkdir "/var/lib/$entry"
        # /proc/self/cwd is still the folder that the tmpfs hides.
        mount -c --rbind "/proc/self/cwd/$entry" "/var/lib/$entry"
      fi
    done
    mkdir -p /var/lib/kubelet "$1" "$2"`,
    `${inside.data}/net`,
    inside.podLogs,
  );
