/** Prints the HTML report of the kept run record: the page that this project's own scenarios open. */
import process from 'node:process';
import { formatHtml } from '../../harness/report/html.ts';
import { readGolden, readScreenshot } from './read-golden.ts';

process.stdout.write(formatHtml(readGolden(), { readAsset: readScreenshot }));
