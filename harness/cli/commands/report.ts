/** `report`: writes the reports of a run again, or prints its JSON. */
import { join, resolve } from 'node:path';
import { openRepository } from '../../adapters/git/open-repository.ts';
import { openRunFolder } from '../../adapters/run-folder/run-folder.ts';
import { readLastGreen } from '../../assembly/read-last-green.ts';
import { RunRecord } from '../../model/run-record.ts';
import { formatNightJson } from '../../report/json.ts';
import { REPORT_FILES, writeReports } from '../write-reports.ts';

export interface ReportFlags {
  readonly cwd: string;
  readonly json?: boolean;
  /** A run's id, or `latest`. */
  readonly run: string;
}

/** The text for stdout. */
export async function report({ cwd, json, run }: ReportFlags): Promise<string> {
  const repository = await openRepository(resolve(cwd));
  const folder = openRunFolder(join(repository.top, '.mendwright'), run);
  const record = folder.read('record.json', RunRecord);
  const lastGreen = await readLastGreen(repository);
  const dir = writeReports(record, folder, {}, lastGreen);
  return json ? formatNightJson(record) : REPORT_FILES.map((name) => join(dir, name)).join('\n');
}
