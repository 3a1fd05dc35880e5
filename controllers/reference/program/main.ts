import { runController } from './controller.ts';
import { parts } from './parts.ts';

runController(parts);
