import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Place } from '../../../src/model/cluster.ts';
import { messageOf } from '../../../src/model/errors.ts';
import type { Runtime } from '../cri/runtime.ts';

/** What is to be run where. */
export interface ExecQuestion {
  readonly pod: Extract<Place, { kind: 'pod' }>;
  readonly argv: readonly string[];
}

/** Answers, on a Unix socket, with which command line a program is started in a pod of this node; 404 for pods not here. */
export async function serveExec(socketPath: string, runtime: Runtime): Promise<void> {
  const server = createServer(async (request, response) => {
    try {
      const { pod, argv } = (await json(request)) as ExecQuestion;
      response.end(JSON.stringify(runtime.execArgv(pod, argv)));
    } catch (error) {
      response.writeHead(404).end(messageOf(error));
    }
  }).listen(socketPath);
  await once(server, 'listening');
}
