import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/paths.ts';
import { troubleshootingDocument } from './troubleshooting-document.ts';

// docs/troubleshooting.md as the source and docs/advice.yaml have it now.
writeFileSync(join(packageRoot, 'docs/troubleshooting.md'), troubleshootingDocument());
