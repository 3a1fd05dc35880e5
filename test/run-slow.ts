import { runController } from '../controllers/reference/program/controller.ts';
import { parts } from '../controllers/reference/program/parts.ts';
import type { Slow } from './slow.ts';

// The program of a slow reference's pod, where its module's path is the argument.
const { default: slow }: { default: Slow } = await import(process.argv[2] ?? '');
runController({ ...parts, ...slow.parts(parts) });
