import { readFile, rename } from 'node:fs/promises';
import { assert } from 'chai';
import { type Bench, startBench } from './bench.ts';
import { start } from './pod.ts';

describe('the CRI runtime: logs', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench?.[Symbol.asyncDispose]());

  it('stamps every line with time and stream, and cuts long ones into parts', async () => {
    const container = await start(bench, 'process.stdout.write("a\\n\\n" + "x".repeat(40000) + "\\nno newline")');
    const { log_path } = await container.ended();
    const lines = (await readFile(log_path, 'utf8')).split('\n');
    assert.equal(lines.pop(), '');
    for (const line of lines) assert.match(line, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stdout [PF] x*/);
    assert.deepEqual(
      lines.map((line) => [line.split(' ')[2], line.split(' ').slice(3).join(' ').length]),
      [
        ['F', 1],
        ['F', 0],
        ['P', 16384],
        ['P', 16384],
        ['F', 40000 - 2 * 16384],
        ['P', 10],
      ],
    );
  });

  it('keeps bytes that are not UTF-8', async () => {
    const container = await start(bench, 'process.stdout.write(Buffer.from([0xff, 0xfe, 0x0a]))');
    const { log_path } = await container.ended();
    assert.isTrue((await readFile(log_path)).subarray(-3).equals(Buffer.from([0xff, 0xfe, 0x0a])));
  });

  it('loses nothing when the log is rotated under a program that writes', async () => {
    const container = await start(
      bench,
      'let n = 0; const timer = setInterval(() => { console.log(n++); if (n === 2000) clearInterval(timer) }, 0)',
    );
    const { log_path } = await container.status();
    while (!(await readFile(log_path, 'utf8')).includes('F 9\n'));
    await rename(log_path, `${log_path}.1`);
    await bench.runtime('ReopenContainerLog', { container_id: container.id });
    await container.ended();
    const text = (await readFile(`${log_path}.1`, 'utf8')) + (await readFile(log_path, 'utf8'));
    const numbers = text
      .trim()
      .split('\n')
      .map((line) => Number(line.split(' ')[3]));
    assert.deepEqual(
      numbers,
      Array.from({ length: 2000 }, (_, index) => index),
    );
  });

  it('takes megabytes without losing a line', async () => {
    const container = await start(bench, 'for (let n = 0; n < 100000; n += 1) console.log("line " + n)');
    const { log_path } = await container.ended();
    const lines = (await readFile(log_path, 'utf8')).trim().split('\n');
    assert.lengthOf(lines, 100_000);
    assert.match(lines.at(-1) ?? '', /line 99999$/);
  });
});
