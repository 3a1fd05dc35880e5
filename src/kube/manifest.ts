import { readFile } from 'node:fs/promises';
import { LineCounter, parseAllDocuments } from 'yaml';
import { messageOf, usageError } from '../model/errors.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';

/**
 * Reads a manifest of one or several YAML documents. Nothing is substituted: code sets what varies. A file that does not parse,
 * or holds something that is no Kubernetes object, is an error that names file and line.
 */
export async function readManifest(file: string): Promise<readonly KubernetesObject[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    throw usageError('manifest-unreadable', `cannot read the manifest ${file}: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  return parseManifest(text, file);
}

/** As `readManifest`, of a text at hand; `file` is only named in errors. */
export function parseManifest(text: string, file: string): readonly KubernetesObject[] {
  const lineCounter = new LineCounter();
  const at = (offset: number) => `${file}:${lineCounter.linePos(offset).line}`;
  const invalid = (offset: number, message: string) =>
    usageError('manifest-invalid', `${at(offset)}: ${message}`, { next: `kubectl apply --dry-run=client -f ${file}` });

  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error) throw invalid(error.pos[0], error.message);
    const value = document.toJS();
    if (value === null) return []; // an empty document, or one of comments only
    const start = document.contents?.range?.[0] ?? 0;
    const lacking = ['apiVersion', 'kind', 'metadata.name'].filter((path) => {
      const [field = '', inner] = path.split('.');
      const found = inner === undefined ? value?.[field] : value?.[field]?.[inner];
      return typeof found !== 'string' || found === '';
    });
    if (lacking.length > 0) throw invalid(start, `not a Kubernetes object: no ${lacking.join(', no ')}`);
    return [value as KubernetesObject];
  });
}
