// What conformance.yml tries, from the catalogue: reads what `ingress-assay list --json` says, and prints `matrix=…` for GITHUB_OUTPUT.
import { readFileSync } from 'node:fs';

/** Node images that kind has for them, the newest first. */
const kubernetes = ['v1.37.0', 'v1.36.1', 'v1.35.5'];

const { controllers } = JSON.parse(readFileSync(0, 'utf8'));
const include = controllers
  .filter(({ preinstalled }) => !preinstalled)
  .flatMap(({ name, experimental = false }) =>
    // Of what no run is recorded yet, one is enough.
    (experimental ? kubernetes.slice(0, 1) : kubernetes).map((version) => ({
      controller: name,
      version,
      experimental,
    })),
  );
process.stdout.write(`matrix=${JSON.stringify({ include })}\n`);
