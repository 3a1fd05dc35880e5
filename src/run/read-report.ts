import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, usageError } from '../model/errors.ts';
import { type Report, reportSchema, reportSchemaVersion } from '../model/report.ts';

const envelope = z.object({ schema: z.literal('ingress-assay/report'), version: z.number().int() });

/** Reads a report file. A usage error that names the file says if it is no file, no JSON, no report, or of another version. */
export async function readReport(path: string): Promise<Report> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw usageError('report-unreadable', `${path} cannot be read: ${messageOf(error)}`, {
      next: 'name the report.json of a run, as in assay-report/report.json',
      cause: error,
    });
  });
  const parsed = parseJson(path, text);
  const head = envelope.safeParse(parsed);
  if (!head.success) {
    throw usageError('report-foreign', `${path} is JSON, but not a report of ingress-assay`, {
      next: 'name the report.json of a run, as in assay-report/report.json',
    });
  }
  if (head.data.version !== reportSchemaVersion) {
    const age = head.data.version > reportSchemaVersion ? 'newer' : 'older';
    throw usageError(
      'report-version',
      `${path} has schema version ${head.data.version}; this version reads ${reportSchemaVersion}`,
      {
        next: `read it with ${age === 'newer' ? 'a newer' : 'an older'} version of ingress-assay`,
      },
    );
  }
  const report = reportSchema.safeParse(parsed);
  if (report.success) return report.data;
  throw usageError('report-invalid', `${path} does not follow the report schema:\n${z.prettifyError(report.error)}`, {
    next: 'compare it with report.schema.json, which is part of the package',
  });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const truncated = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}');
    throw usageError('report-not-json', `${path} is ${truncated ? 'truncated' : 'not JSON'}: ${messageOf(error)}`, {
      next: 'let the run write it again',
      cause: error,
    });
  }
}
