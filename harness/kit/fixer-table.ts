/** Runs a fixer's table of cases: what it cures, what it leaves alone, and that no result is broken or changes again. */
import { diffLines } from 'diff';
import { describe, expect, test } from 'vitest';
import type { TypeService } from '../model/type-service.ts';
import { applyEdits, syntaxErrors } from './apply-edits.ts';
import { offersOf, sourceOf } from './ask-fixer.ts';
import type { Alternative, AnyFixer, FixerEdit, FixerSuspect } from './fixer.ts';
import { openProject } from './project.ts';

/** A message, or more of a suspect; the line is the first one that holds `at`, else 1. */
export type Told =
  | string
  | (Partial<FixerSuspect> & {
      readonly message: string;
      readonly at?: string;
      readonly others?: Readonly<Record<string, string>>;
      readonly openTypes?: (texts: ReadonlyMap<string, string>) => TypeService;
    });

export interface FixerTable {
  /** As in `cures`, but the alternative that the fixer is surest of gives the text after. */
  readonly best?: FixerTable['cures'];
  /** Name, what is told, the text before, and the text after: one of the alternatives gives it. */
  readonly cures: readonly (readonly [name: string, told: Told, before: string, after: string])[];
  /** What is offered for these is recorded, whole and in the fixer's order, in test/golden/fixers. */
  readonly offers?: readonly (readonly [name: string, told: Told, before: string])[];
  readonly leaves: readonly (readonly [name: string, told: Told, before: string])[];
}

const FILE = 'example.tsx';
const PYTHON_FILE = 'example.py';

export function fixerTable(fixer: AnyFixer, table: FixerTable): void {
  describe(fixer.id, () => {
    test.each(table.cures.map(([name, told, before, after]) => ({ name, told, before, after })))(
      'cures $name',
      ({ told, before, after }) => {
        const results = resultsOf(fixer, told, before);

        expect(results.map(({ text }) => text)).toContain(after);
        for (const { text, file } of results) expect(syntaxErrors(file, text)).toBe(0);
        // All of it, with how sure the fixer is: what a change of the fixer does is seen in review.
        expect(results.map(offered).join('\n')).toMatchSnapshot();
      },
    );

    test.each(table.cures.map(([name, told, before, after]) => ({ name, told, before, after })))(
      'does not do it twice: $name',
      ({ told, before, after }) => {
        const done = resultsOf(fixer, told, before).filter(({ text }) => text === after);
        const again = resultsOf(fixer, shifted(told, before, after), after);

        expect(done).not.toEqual([]);
        expect(again.map(({ inserted }) => inserted)).not.toContainEqual(done[0]?.inserted);
      },
    );

    test.each((table.best ?? []).map(([name, told, before, after]) => ({ name, told, before, after })))(
      'is surest of $name',
      ({ told, before, after }) => {
        const [surest] = resultsOf(fixer, told, before).sort((a, b) => b.confidence - a.confidence);

        expect(surest?.text).toBe(after);
      },
    );

    test.each((table.offers ?? []).map(([name, told, before]) => ({ name, told, before })))(
      'offers for $name',
      ({ told, before }) => {
        const results = resultsOf(fixer, told, before);

        expect(results).not.toEqual([]);
        for (const { text, file } of results) expect(syntaxErrors(file, text)).toBe(0);
        expect(results.map(offered).join('\n')).toMatchSnapshot();
      },
    );

    test.each(table.leaves.map(([name, told, before]) => ({ name, told, before })))(
      'leaves $name',
      ({ told, before }) => {
        expect(resultsOf(fixer, told, before).map(({ text }) => text)).toEqual([]);
      },
    );

    test('has as many leaves as cures', () => {
      expect(table.leaves.length).toBeGreaterThanOrEqual(table.cures.length);
    });
  });
}

/** `0.75 read cart.total only where it is there`, and the lines that change. */
export function offered({ before, text, title, confidence }: Result): string {
  const changes = diffLines(before, text).flatMap(({ added, removed, value }) => {
    if (!added && !removed) return [];
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `${added ? '+' : '-'} ${line}`);
  });
  return [`${confidence.toFixed(2)} ${title ?? ''}`.trim(), ...changes].join('\n');
}

/** What is told of the text after the cure: a line below what was inserted has moved. */
function shifted(told: Told, before: string, after: string): Told {
  if (typeof told === 'string' || told.at !== undefined || told.line === undefined) return told;
  const [old, now] = [before.split('\n'), after.split('\n')];
  const first = old.findIndex((line, index) => line !== now[index]);
  return first === -1 || first + 1 > told.line ? told : { ...told, line: told.line + now.length - old.length };
}

export interface Result {
  readonly file: string;
  /** The whole file. */
  readonly text: string;
  /** What the edits put in, in their order. */
  readonly inserted: readonly string[];
  readonly confidence: number;
  readonly title: string | undefined;
  /** The file as it was. */
  readonly before: string;
  /** Those of this file. */
  readonly edits: readonly FixerEdit[];
}

/** The text of the changed file after each alternative, in the fixer's order. */
export function resultsOf(fixer: AnyFixer, told: Told, before: string): Result[] {
  const { others = {}, at, openTypes, ...given } = typeof told === 'string' ? { message: told } : told;
  const file = given.file ?? (fixer.language === 'python' ? PYTHON_FILE : FILE);
  const texts = new Map([...Object.entries(others), [file, before]]);
  const project = openProject(texts, { types: openTypes?.(texts) });
  const line = at === undefined ? 1 : before.slice(0, before.indexOf(at)).split('\n').length;
  const suspect: FixerSuspect = {
    errorType: 'TypeError',
    runtime: 'browser',
    stack: [],
    hunks: [],
    line,
    ...given,
    file,
  };
  return [...offersOf(fixer, suspect, project)].flatMap((one) => {
    const {
      edits,
      confidence = 0.5,
      title,
    }: Pick<Alternative, 'edits' | 'confidence' | 'title'> = 'edits' in one ? one : { edits: one };
    const target = edits[0]?.file ?? file;
    const old = sourceOf(target, project)?.text ?? '';
    const own = edits.filter((edit) => (edit.file ?? file) === target);
    const text = applyEdits(old, own);
    return text === undefined
      ? []
      : [{ file: target, text, inserted: edits.map((edit) => edit.text), confidence, title, before: old, edits: own }];
  });
}
