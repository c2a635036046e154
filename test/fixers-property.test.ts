/** Every fixer on a thousand varied inputs: each result parses, stays within its file, and is stable on a second pass; test/golden/varied has them all. */
import { expect, test } from 'vitest';
import { applyEdits, syntaxErrors } from '../harness/kit/apply-edits.ts';
import type { AnyFixer, FixerEdit, FixerSuspect } from '../harness/kit/fixer.ts';
import { openProject } from '../harness/kit/project.ts';
import { loadFixers } from '../harness/load-fixers.ts';
import { seeded } from './random.ts';

const INPUTS = 1_000;

/** `VALUE` is what goes wrong. */
const CONTEXTS: readonly string[] = [
  'const seen = VALUE;',
  'if (VALUE) go();',
  'if (!VALUE || other) { go(); } else { stop(); }',
  'return VALUE;',
  'throw new Error(VALUE);',
  'for (const one of VALUE) show(one);',
  'for (let at = 0; at < VALUE; at++) show(at);',
  'const { a, b: [c] = [] } = VALUE;',
  'go(1, ...VALUE);',
  'go(`x ${VALUE} y`);',
  'const view = <p title={VALUE}>{VALUE}</p>;',
  'const list = rows.map((row) => VALUE);',
  'const later = async () => { await VALUE; };',
  'const made = new Map([[VALUE, 1]]);',
  'const text = VALUE as string;',
  'const sum = VALUE + 1 - VALUE / 2;',
  'const one = cond ? VALUE : null;',
  'switch (VALUE) { case 1: go(); }',
  'while (VALUE) break;',
  'const html = tag`<ul><li>${VALUE}</li></ul>`;',
  'const held = { key: VALUE, [VALUE]: 1 };',
  'delete held[VALUE];',
  'typeof VALUE === "object" && go();',
  'label: for (;;) { if (VALUE) break label; }',
  'const typed: Record<string, number> = VALUE satisfies unknown;',
  'VALUE;',
  '(VALUE)?.();',
  'const never = void VALUE;',
];
const VALUES: readonly string[] = [
  'user.name',
  'user.team.name',
  'user["name"]',
  'rows[0].name',
  'rows[index].name',
  'load().name',
  'this.user.name',
  'user!.name',
  '(user as User).name',
  'user.name()',
  'user.name.trim().length',
  'user?.team.name',
  'this.#user.name',
  'super.user.name',
  '(await load()).name',
  'KINDS[kind].name',
  'JSON.parse(user.name)',
  'user.name / rows.name',
  'user.name.map((one) => one.name)',
  'new user.name()',
];
const HOLDERS: readonly string[] = [
  'function f(user, rows) {\n  BODY\n}',
  'async function f(user: User, rows: Row[] = []) {\n  BODY\n}',
  'const f = ({ user, rows }) => {\n  BODY\n};',
  'function* f(user) {\n  BODY\n  yield 1;\n}',
  'class A extends B {\n  #user = null;\n  @log\n  async f(user, rows) {\n    BODY\n  }\n}',
  'class A {\n  static f = (user) => {\n    BODY\n  };\n  get g() {\n    return 1;\n  }\n}',
  'export function Page({ user, rows }) {\n  const [open, setOpen] = useState();\n  BODY\n  return <ul>{rows.map((row) => <li key={row.id}>{row.name}</li>)}</ul>;\n}',
  'useEffect(() => {\n  BODY\n}, [user]);',
  'try {\n  BODY\n} catch (error) {\n  report(error);\n}',
];
const MESSAGES: readonly string[] = [
  "Cannot read properties of undefined (reading 'name')",
  "Cannot read properties of null (reading 'name')",
  'user.name is not a function',
  'user.name is not iterable',
  'name.replaceAll is not a function',
  'user is not defined',
  "Cannot destructure property 'a' of 'user.name' as it is undefined.",
  'Unexpected token \'k\', "keel" is not valid JSON',
  'Invalid count value: Infinity',
  'Invalid time value',
  "Cannot use 'in' operator to search for 'name' in true",
  'Cannot convert undefined or null to object',
];

interface Input {
  readonly text: string;
  readonly suspect: FixerSuspect;
}

function inputs(): Input[] {
  const { next } = seeded(7);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[Math.floor(next() * list.length)];
    if (one === undefined) throw new Error('an empty list');
    return one;
  };
  const made: Input[] = [];
  while (made.length < INPUTS) {
    const value = pick(VALUES);
    const body = pick(CONTEXTS).replaceAll('VALUE', value);
    const text = `${pick(HOLDERS).replace('BODY', () => body)}\nconst KINDS = { room: { name: 'Room' } };\n`;
    if (syntaxErrors('input.tsx', text) > 0) continue;
    const lines = text.split('\n');
    const line = lines.findIndex((one) => one.includes(body.split('\n')[0] ?? '')) + 1;
    const column = next() < 0.5 ? undefined : (lines[line - 1]?.indexOf('name') ?? 0) + 1;
    const file = 'input.tsx';
    const values = next() < 0.3 ? { user: { name: null }, kind: 'desk', rows: [] } : undefined;
    const stack =
      next() < 0.5
        ? [{ file, line }]
        : [
            { file: 'lib.ts', line: 1 },
            { file, line },
          ];
    made.push({
      text,
      suspect: {
        message: pick(MESSAGES),
        errorType: 'TypeError',
        runtime: 'browser',
        hunks: [],
        file,
        line,
        stack,
        ...(column !== undefined && column > 0 && { column }),
        ...(values && { values }),
      },
    });
  }
  return made;
}

function editsOf(fixer: AnyFixer, { text, suspect }: Input): FixerEdit[][] {
  if (fixer.language === 'python') return [];
  const project = openProject(new Map([[suspect.file, text]]));
  const source = project.source(suspect.file);
  if (source === undefined) return [];
  return [...fixer.propose(suspect, source, project)].map((offered) => [
    ...('edits' in offered ? offered.edits : offered),
  ]);
}

const fixers = (await loadFixers([])).filter(({ language }) => language !== 'python');
const varied = inputs();

test.each(fixers.map((fixer) => ({ id: fixer.id, fixer })))(
  '$id: what it makes of a thousand inputs',
  async ({ fixer }) => {
    const broken: string[] = [];
    const said: string[] = [];
    for (const input of varied) {
      for (const edits of editsOf(fixer, input)) {
        const isInside = edits.every(({ file = input.suspect.file, start, end }) => {
          return file === input.suspect.file && 0 <= start && start <= end && end <= input.text.length;
        });
        const after = applyEdits(input.text, edits);
        if (!isInside || after === undefined || syntaxErrors('input.tsx', after) > 0) {
          broken.push(`${input.suspect.message}\n${input.text}→\n${after}`);
          continue;
        }
        const inserted = JSON.stringify(edits.map((edit) => edit.text));
        said.push(`${input.suspect.message}\n  ${lineAt(input)}\n  ${inserted}`);
        const again = editsOf(fixer, { text: after, suspect: moved(input, after) });
        if (again.some((more) => JSON.stringify(more.map((edit) => edit.text)) === inserted && isSame(edits, more))) {
          broken.push(`twice: ${input.suspect.message}\n${after}`);
        }
      }
    }

    expect(broken.slice(0, 3)).toEqual([]);
    await expect(said.join('\n') || 'nothing').toMatchFileSnapshot(`golden/varied/${fixer.id}.txt`);
  },
);

function lineAt({ text, suspect }: Input): string {
  return text.split('\n')[suspect.line - 1]?.trim() ?? '';
}

/** The line below what was put in front of it. */
function moved({ text, suspect }: Input, after: string): FixerSuspect {
  const grown = after.split('\n').length - text.split('\n').length;
  const { column: _, ...rest } = suspect;
  const line = suspect.line + Math.max(0, grown);
  return { ...rest, line, stack: suspect.stack.map((at) => (at.line === suspect.line ? { ...at, line } : at)) };
}

/** At the very place: another one further on, or a part of it, may be mended in the same words. */
function isSame(before: readonly FixerEdit[], after: readonly FixerEdit[]): boolean {
  const [a, b] = [before[0]?.start ?? 0, after[0]?.start ?? 0];
  const [from, to] = [before.at(-1)?.start ?? 0, after.at(-1)?.start ?? 0];
  return Math.abs(a - b) <= (before[0]?.text.length ?? 0) && from - a <= to - b;
}
