/** The end of a night on a terminal: per issue what broke, where, the patch, the proof, and the command to look at it. */
import { styleText } from 'node:util';
import { oneLine, plainText } from '../markup/plain-text.ts';
import type { RunRecord } from '../model/run-record.ts';
import { wordsOfCombination } from './combination-words.ts';
import { type DiffFile, type DiffLine, readDiff, textOf } from './diff-lines.ts';
import { type Confirmed, type IssueStory, tellStories } from './issue-story.ts';
import { maskRecord } from './mask-secrets.ts';
import { count, formatSeconds, listing, RUNGS, type Tone } from './night-words.ts';
import {
  commandsOf,
  countScenarios,
  formatP,
  headlineOf,
  isOnlyPlanned,
  notesOf,
  placeOf,
  scenarioNames,
  seenPlaceOf,
  shortSha,
  sum,
} from './story-sentences.ts';
import { wrapText } from './wrap-text.ts';

export interface SummaryOptions {
  /** False when piped, or where NO_COLOR is set. */
  readonly colour: boolean;
  /** Columns; text is wrapped to them, at most 100. */
  readonly width: number;
}

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

interface Canvas {
  readonly paint: Paint;
  readonly width: number;
}

const LABEL = 10;
const INDENT = ' '.repeat(2 + LABEL);
const DIFF_LINES = 40;
/** The whole of it is in the report. */
const DETAIL = 300;

const MARKS: Readonly<Record<Tone, { mark: string; style: Style }>> = {
  mended: { mark: '✔', style: 'green' },
  open: { mark: '✖', style: 'red' },
  aside: { mark: '●', style: 'yellow' },
};

/** Ends without a line break. Strangers' text in it can steer no terminal. */
export function formatSummary(raw: RunRecord, { colour, width }: SummaryOptions): string {
  const record = maskRecord(raw);
  const paint: Paint = colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const canvas = { paint, width: Math.max(40, Math.min(width, 100)) };
  const stories = tellStories(record);
  const notes = notesOf(record);
  return [
    head(record, canvas),
    ...stories.map((story) => section(story, record, canvas)),
    ...together(record, canvas),
    ...(notes.length > 0 ? [notes.map((note) => row('Note', note, canvas)).join('\n')] : []),
    foot(record, canvas),
  ].join('\n\n');
}

function head(record: RunRecord, { paint, width }: Canvas): string {
  const { total, red, green, flaky } = countScenarios(record);
  const { sha, subject } = record.base;
  const numbers = [
    count(total, 'scenario'),
    paint('green', `${green} green`),
    ...(red > 0 ? [paint('red', `${red} red`)] : []),
    ...(flaky > 0 ? [paint('yellow', `${flaky} flaky`)] : []),
  ];
  const base = wrapText(`${oneLine(record.app.name)} at ${shortSha(sha)} “${oneLine(subject, 72)}”`, width);
  return [
    paint('dim', '─'.repeat(width)),
    ...wrapText(headlineOf(record), width).map((line) => paint('bold', line)),
    ...base.map((line) => paint('dim', line)),
    numbers.join(paint('dim', ' · ')),
  ].join('\n');
}

function together(record: RunRecord, canvas: Canvas): string[] {
  const words = wordsOfCombination(record);
  if (words === undefined) return [];
  const first = row('Together', words.headline, canvas, words.isGood ? 'green' : 'red');
  return [[first, ...words.lines.map((line) => row('', oneLine(line, DETAIL), canvas))].join('\n')];
}

function section(story: IssueStory, record: RunRecord, canvas: Canvas): string {
  const { issue, outcome, words, patch, proof } = story;
  const { paint } = canvas;
  const { mark, style } = MARKS[words.tone];
  const title = wrapText(`${oneLine(issue.shortId)}  ${oneLine(issue.title, 300)}`, canvas.width - 2);
  const names = scenarioNames(record);
  const [first = '', ...more] = issue.scenarios.map((id) => names.get(id) ?? id);
  const isMended = outcome?.branch !== undefined;
  return [
    ...title.map((line, index) => `${index === 0 ? paint(style, mark) : ' '} ${paint('bold', line)}`),
    ...where(story, canvas),
    ...(first === '' ? [] : [row('Seen by', `${first}${more.length > 0 ? ` and ${more.length} more` : ''}`, canvas)]),
    ...story.followers.map((one) => row('Led to', `${one.shortId} ${one.title}`, canvas)),
    ...(isMended ? [] : [row('Result', `${words.label}. ${oneLine(outcome?.detail ?? '', DETAIL)}`, canvas, style)]),
    ...(patch ? [row('Patch', `${patch.title} (${patch.fixer})`, canvas), diff(patch.diff, canvas)] : []),
    ...(proof ? proofRows(proof, canvas) : []),
    ...(isMended ? branch(story, record, canvas) : [...tried(story, canvas), row('Next', words.next, canvas)]),
  ].join('\n');
}

function where(story: IssueStory, canvas: Canvas): string[] {
  const { suspects, thrownAt } = story;
  const [suspect] = suspects;
  const seen = seenPlaceOf(story);
  if (suspect === undefined) return seen === undefined ? [] : [row('Where', seen, canvas)];
  const inFunction = suspect.function === undefined ? '' : ` in ${suspect.function}()`;
  const { commit } = suspect;
  return [
    row('Where', `${placeOf(suspect)}${inFunction}`, canvas, 'cyan'),
    ...(thrownAt ? [row('', `thrown later, at ${placeOf(thrownAt)}`, canvas, 'dim')] : []),
    ...(commit ? [row('', `since ${shortSha(commit.sha)} “${oneLine(commit.subject, 72)}”`, canvas, 'dim')] : []),
  ];
}

function proofRows(proof: Confirmed, canvas: Canvas): string[] {
  const [base, patched] = [sum(proof.base), sum(proof.patched)];
  const runs = `${base.red} of ${base.runs} red before, ${patched.green} of ${patched.runs} green with the patch (${formatP(proof.pValue)})`;
  const control =
    proof.controls.length > 0
      ? `control error still arrives from ${listing(proof.controls)}`
      : 'no control event could be shown';
  const checks = proof.checks.map(({ command, patched: after }) => `${command} ${after}`);
  return [
    row('Proof', runs, canvas, 'green'),
    row('', `old error gone, no new one, ${control}`, canvas),
    row('', [`${count(proof.others, 'other scenario')} as before`, ...checks].join(' · '), canvas),
    ...(proof.strength === 'weak'
      ? [row('', 'weak: not shown that the scenario depends on the patched value', canvas, 'yellow')]
      : [row('', 'strong: without the patched value it is red again', canvas)]),
  ];
}

function branch(story: IssueStory, record: RunRecord, canvas: Canvas): string[] {
  const { outcome, words } = story;
  const name = outcome?.branch ?? '';
  if (isOnlyPlanned(record)) return [row('Branch', `${name} (dry run: not written)`, canvas)];
  const state = outcome?.result === 'branch-created' ? '' : ` (${words.label})`;
  const [look = ''] = commandsOf(story, record);
  return [row('Branch', `${name}${state}`, canvas, 'bold'), `${INDENT}${canvas.paint('cyan', `$ ${oneLine(look)}`)}`];
}

function tried({ proposed, fallen, outcome }: IssueStory, canvas: Canvas): string[] {
  const [best] = fallen;
  if (best !== undefined && outcome?.detail.includes(best.verdict.why)) return [];
  if (best === undefined) return proposed === 0 ? [] : [row('Tried', count(proposed, 'candidate'), canvas)];
  const title = best.patch?.title ?? best.verdict.patch;
  const furthest = `“${title}” came furthest and fell ${RUNGS[best.verdict.rung]}: ${oneLine(best.verdict.why, DETAIL)}`;
  return [row('Tried', `${count(proposed, 'candidate')}; ${furthest}`, canvas)];
}

function diff(text: string, canvas: Canvas): string {
  const files = readDiff(text);
  const lines = files.flatMap((file) => [
    canvas.paint('dim', fileLine(file)),
    ...file.hunks.flatMap((hunk, index) => [
      ...(index > 0 ? [canvas.paint('dim', '   ⋮')] : []),
      ...hunk.map((line) => diffLine(line, canvas)),
    ]),
  ]);
  const cut = lines.length > DIFF_LINES ? [canvas.paint('dim', `… ${lines.length - DIFF_LINES} more lines`)] : [];
  return [...lines.slice(0, DIFF_LINES), ...cut].map((line) => INDENT + line).join('\n');
}

function fileLine({ file, isNew, inserted, deleted }: DiffFile): string {
  return `${oneLine(file)}${isNew ? ' (new)' : ''}  +${inserted} −${deleted}`;
}

const SIGNS = { context: ' ', delete: '-', insert: '+' } as const;

function diffLine(line: DiffLine, { paint }: Canvas): string {
  const { kind, number, parts } = line;
  const gutter = paint('dim', String(number).padStart(4));
  const code = parts.map(({ text, isChanged }) => {
    const shown = plainText(text).replaceAll('\t', '  ').replaceAll('\n', '');
    if (kind === 'context') return paint('dim', shown);
    const style = kind === 'insert' ? 'green' : 'red';
    return isChanged ? paint([style, 'inverse'], shown) : paint(style, shown);
  });
  const sign = kind === 'context' ? SIGNS.context : paint(kind === 'insert' ? 'green' : 'red', SIGNS[kind]);
  return textOf(line).trim() === '' ? `${gutter} ${sign}`.trimEnd() : `${gutter} ${sign} ${code.join('')}`;
}

function row(label: string, text: string, { paint, width }: Canvas, style?: Style): string {
  const lines = wrapText(oneLine(text, 1_000), width - INDENT.length);
  const name = paint('dim', label.padEnd(LABEL));
  return lines
    .map((line, index) => `${index === 0 ? `  ${name}` : INDENT}${style ? paint(style, line) : line}`)
    .join('\n');
}

function foot(record: RunRecord, { paint }: Canvas): string {
  const seconds = (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000;
  return paint('dim', `${formatSeconds(Math.max(0, seconds))} · run ${oneLine(record.id)}`);
}
