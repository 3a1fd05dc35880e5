import { tmpdir } from 'node:os';
import { type AssayError, environmentError } from '../../src/model/errors.ts';
import { engineOf } from './engine.ts';

interface Explanation {
  readonly pattern: RegExp;
  readonly code: string;
  /** What happened and what to do, of what the pattern caught. */
  explain(match: RegExpMatchArray): readonly [message: string, next: string];
}

/** What the engine and kind are known to say, most telling first. */
const explanations: readonly Explanation[] = [
  {
    pattern: /permission denied while trying to connect to the \S+ (?:daemon socket|API)|Got permission denied/i,
    code: 'docker-permission',
    explain: () => [
      'Docker runs, but this user may not speak to it',
      'sudo usermod -aG docker "$USER", then log in again; or use --cluster local, which needs no Docker',
    ],
  },
  {
    pattern:
      /Cannot connect to the Docker daemon at (\S+?)\.(?=\s|$)|failed to connect to the docker API at (\S+?)[;,]/i,
    code: 'docker-down',
    explain: ([, first, second]) => [
      `no Docker engine answers at ${first ?? second}`,
      'start it (sudo systemctl start docker, or Docker Desktop), or use --cluster local, which needs no Docker',
    ],
  },
  {
    pattern: /(?:(\/[^\s:"]*): )?no space left on device/i,
    code: 'disk-full',
    explain: ([, file]) =>
      file?.startsWith(`${tmpdir()}/`)
        ? [
            `the disk that has ${tmpdir()} is full`,
            `free some of it (df -h ${tmpdir()}), or let TMPDIR name a folder with more room: kind keeps images there while it loads them`,
          ]
        : [
            `the disk of the container engine is full${file === undefined ? '' : ` (at ${file})`}`,
            'docker system df shows by what; docker system prune frees',
          ],
  },
  {
    pattern:
      /(?:Bind for|listen tcp[46]?|exposing port TCP|bind host port(?: for)?) \S*?:(\d+)\b.*?already (?:allocated|in use)/i,
    code: 'port-taken',
    explain: ([, port]) => [
      `port ${port} of this machine, which the cluster is to map, is taken`,
      `docker ps --filter publish=${port} and ss -ltnp 'sport = :${port}' show by what; a cluster of ours is removed with ingress-assay cluster down --cluster kind, other ports are said in a file for --kind-config`,
    ],
  },
  {
    // Of a node whose systemd or kubelet finds none, kind only sees that it does not start.
    pattern: /too many open files|could not find a log line that matches/i,
    code: 'inotify-exhausted',
    explain: () => [
      'a node does not start, most likely since the kernel has no inotify instances left for it',
      'sudo sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=1048576, or remove another cluster',
    ],
  },
  {
    pattern: /(?:manifest for|pull access denied for|failed to resolve reference|failed to pull image) "?([^\s,"]+)/,
    code: 'image-missing',
    explain: ([, image]) => [`there is no image ${image}, here or in its registry`, `docker pull ${image}`],
  },
  {
    pattern: /node\(s\) already exist for a cluster with the name "([^"]+)"/,
    code: 'foreign-cluster',
    explain: ([, name]) => [
      `there is a kind cluster "${name}" that this program did not make, and it stays as it is`,
      `choose another --name, or remove it yourself: kind delete cluster --name ${name}`,
    ],
  },
];

/** Commands of Docker as the engine has them that is used. */
const ofEngine = (next: string): string => next.replace(/\bdocker (?=info|ps|pull|system)/g, `${engineOf()} `);

/** An environment error that says what went wrong by what was printed; where that is unknown, with the last of it as it is. */
export function explained(what: string, printed: string, log?: string): AssayError {
  for (const { pattern, code, explain } of explanations) {
    const match = pattern.exec(printed);
    if (match === null) continue;
    const [message, next] = explain(match);
    return environmentError(code, `${what}: ${message}`, { next: ofEngine(next), ...(log !== undefined && { log }) });
  }
  const tail = printed.trim().split('\n').slice(-12).join('\n');
  return environmentError('kind-failed', `${what}: ${tail || 'it said nothing'}`, {
    next: log === undefined ? ofEngine('docker info') : 'read its log',
    ...(log !== undefined && { log }),
  });
}
