/** Pieces of Markdown that the night's page and a branch's page share: tables, candidates, suspects and values. */
import type { Suspect } from '../model/suspect.ts';
import type { Candidate } from './issue-story.ts';
import { placeOf, verdictWords } from './story-sentences.ts';
import { markdownCode, markdownText } from './strangers-text.ts';

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Folded; `inside` is Markdown. */
export function markdownDetails(summary: string, inside: string): string {
  return ['<details>', `<summary>${summary}</summary>`, '', inside, '', '</details>'].join('\n');
}

const SHOWN = 12;

export function candidateParts(title: string, list: readonly Candidate[]): string[] {
  if (list.length === 0) return [];
  const rows = list
    .slice(0, SHOWN)
    .map(({ patch, verdict }) => [
      markdownText(patch?.title ?? verdict.patch),
      verdictWords(verdict),
      markdownText(verdict.why),
    ]);
  const more = list.length > SHOWN ? `\n… and ${list.length - SHOWN} more.` : '';
  const table = markdownTable(['Candidate', 'Verdict', 'What was seen'], rows);
  return [markdownDetails(`${title}: ${list.length}`, `${table}${more}`)];
}

/** Each place with its score and all its reasons. */
export function suspectList(suspects: readonly Suspect[]): string {
  return suspects
    .slice(0, SHOWN)
    .map((one) =>
      [
        `1. ${markdownCode(placeOf(one))}, score ${one.score.toFixed(2)}`,
        ...one.reasons.map((reason) => `   - ${markdownText(reason)}`),
      ].join('\n'),
    )
    .join('\n');
}

const VALUE_LENGTH = 300;
const VALUES = 30;

/** Undefined where nobody looked. */
export function valueTable(values: Suspect['values']): string | undefined {
  const seen = Object.entries(values ?? {}).slice(0, VALUES);
  if (seen.length === 0) return undefined;
  return markdownTable(
    ['Name', 'Value'],
    seen.map(([name, value]) => [markdownCode(name), markdownCode(JSON.stringify(value) ?? 'undefined', VALUE_LENGTH)]),
  );
}
