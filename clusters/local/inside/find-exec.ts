import { ask } from './ask.ts';

/*
 * The program that asks each node in turn how to start something in a pod. Run inside by `enter`, so that whoever may enter
 * may ask, owner or not. Arguments: the question as JSON, then the nodes' sockets. Prints the command line as JSON.
 */
const [question = '', ...sockets] = process.argv.slice(2);
const answers = await Promise.all(
  sockets.map((socketPath) => ask({ socketPath, method: 'POST', path: '/', body: question })),
);
const found = answers.find(({ status }) => status === 200);
if (found === undefined) process.exitCode = 1;
process.stdout.write(found?.body ?? answers.map(({ body }) => body).join('; '));
