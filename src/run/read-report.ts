import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, usageError } from '../model/errors.ts';
import { type Report, reportSchema, reportSchemaVersion } from '../model/report.ts';
import { migrated } from './migrate-report.ts';

const envelope = z.looseObject({ schema: z.literal('ingress-assay/report'), version: z.number().int() });

/**
 * Reads a report file; one of an older version is brought up to this one. A usage error that names the file says if it is no file, no
 * JSON, no report, or of a newer version.
 */
export async function readReport(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw usageError('report-unreadable', `${path} cannot be read: ${messageOf(error)}`, {
      next: 'name the report.json of a run, as in assay-report/report.json',
      cause: error,
    });
  });
  return parseReport(path, text);
}

/** The report in the text of a file, by the same rules; `path` names it in errors. */
export function parseReport(path: string, text: string): Report {
  const parsed = parseJson(path, text);
  const head = envelope.safeParse(parsed);
  if (!head.success) {
    throw usageError('report-foreign', `${path} is JSON, but not a report of ingress-assay`, {
      next: 'name the report.json of a run, as in assay-report/report.json',
    });
  }
  const current = migrated(head.data);
  if (current === undefined) {
    throw usageError(
      'report-version',
      `${path} has schema version ${head.data.version}; this version of ingress-assay reads up to ${reportSchemaVersion}`,
      {
        next:
          head.data.version > reportSchemaVersion
            ? 'read it with a newer version of ingress-assay'
            : 'let the run write it again: no ingress-assay has ever written such a version',
      },
    );
  }
  const report = reportSchema.safeParse(current);
  if (report.success) return report.data;
  throw usageError('report-invalid', `${path} does not follow the report schema:\n${z.prettifyError(report.error)}`, {
    next: 'compare it with report.schema.json, which is part of the package',
  });
}

/** Whether JSON.parse was content with all that there is, and missed the rest. */
function brokeOffAtItsEnd(text: string, message: string): boolean {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  return position === undefined ? /end of JSON input/.test(message) : Number(position) >= text.length;
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const truncated = text.trimStart().startsWith('{') && brokeOffAtItsEnd(text, messageOf(error));
    throw usageError('report-not-json', `${path} is ${truncated ? 'truncated' : 'not JSON'}: ${messageOf(error)}`, {
      next: 'take the file that the run wrote, or let it write another: what a report is drawn from is never written by halves',
      cause: error,
    });
  }
}
