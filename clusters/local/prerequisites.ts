import type { Prerequisite } from '../../src/model/prerequisite.ts';
import { commandPrerequisite } from '../../src/toolchain/prerequisites.ts';
import { available } from './available.ts';

const neededFor = 'the local cluster';

/** What the local cluster needs of the machine, for doctor to show one by one. */
export const prerequisites: readonly Prerequisite[] = [
  {
    name: 'user namespaces',
    neededFor,
    async check() {
      const answer = await available();
      return answer.kind === 'available'
        ? { kind: 'met', detail: 'made and left again' }
        : { kind: 'unmet', reason: answer.reason, next: answer.next };
    },
  },
  ...['unshare', 'nsenter', 'setpriv', 'mount'].map((command) =>
    commandPrerequisite({ command, neededFor, next: 'install util-linux and mount' }),
  ),
  commandPrerequisite({ command: 'ip', args: ['-V'], neededFor, next: 'install iproute2' }),
];
