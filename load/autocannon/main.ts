import { serveOrder } from '../../src/load/serve-order.ts';
import { carryOut } from './carry-out.ts';
import { refuses } from './refuses.ts';

await serveOrder(refuses, carryOut);
