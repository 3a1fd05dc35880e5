import { runController } from '../controllers/reference/program/controller.ts';
import { parts } from '../controllers/reference/program/parts.ts';
import type { Mutant } from './mutant.ts';

// The program of a mutant's pod, where its module's path is the argument.
const { default: mutant }: { default: Mutant } = await import(process.argv[2] ?? '');
runController({ ...parts, ...mutant.fault?.(parts) });
