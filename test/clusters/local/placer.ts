import local from '../../../clusters/local/index.ts';
import { silentProgress } from '../../../src/model/progress.ts';
import { createToolchain } from '../../../src/toolchain/toolchain.ts';

/* A program that attaches to the kept cluster it is told of, places a sleeper in it, says so, and waits to be killed. */
const { signal } = new AbortController();
const host = { progress: silentProgress, signal, toolchain: createToolchain({ progress: silentProgress, signal }) };
const [name = '', sleepS = ''] = process.argv.slice(2);
const cluster = await local.attach(name, host);
await cluster?.start({ kind: 'external' }, ['sleep', sleepS]);
process.send?.('placed');
