/** The seeded faults are what they say: they apply, they point at a line that is there, and what can be mended has a check. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyEdits } from './apply-edits.ts';
import { copyExample } from './copy-example.ts';
import { listExamples, readFaults } from './read-faults.ts';

const EXAMPLES = await Promise.all(
  listExamples().map(async (folder) => ({ folder, faults: await readFaults(folder) })),
);
const ALL = EXAMPLES.flatMap(({ folder, faults }) =>
  faults.map((fault) => ({ name: `${basename(folder)}: ${fault.id}`, folder, fault })),
);

const SOURCES = /^(src|server|shared|public\/js)\//;

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'fault-'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

test('there are faults enough to measure with', () => {
  expect(ALL.filter(({ fault }) => fault.mendable).length).toBeGreaterThanOrEqual(40);
});

describe.each(EXAMPLES)('$folder', ({ folder, faults }) => {
  test('has something to mend in every kind of place, and something that nobody can mend', () => {
    const places = new Set(faults.filter(({ mendable }) => mendable).map(({ location }) => location));

    expect([...places].toSorted()).toEqual(['other-file', 'same-file', 'same-function', 'throw-line']);
    expect(faults.filter(({ mendable }) => !mendable).length).toBeGreaterThan(0);
  });

  test('all of them apply together, in either order', () => {
    const other = mkdtempSync(join(tmpdir(), 'fault-'));
    copyExample(folder, copy);
    copyExample(folder, other);

    for (const { edits } of faults) applyEdits(copy, edits);
    for (const { edits } of faults.toReversed()) applyEdits(other, edits);

    rmSync(other, { recursive: true, force: true });
  });
});

describe.each(ALL)('$name', ({ folder, fault }) => {
  beforeEach(() => copyExample(folder, copy));

  test('applies to the healthy app', () => {
    expect(() => applyEdits(copy, fault.edits)).not.toThrow();
  });

  test('names a scenario', () => {
    const files = readdirSync(join(folder, 'scenarios'));
    const titles = files.map((name) => readFileSync(join(folder, 'scenarios', name), 'utf8')).join('\n');

    expect(titles).toContain(`test('${fault.expected.scenario}'`);
  });

  test.runIf(fault.mendable)('names the one line that a person would mend', () => {
    const { file = '', line = '' } = fault.expected;

    applyEdits(copy, fault.edits);

    const lines = readFileSync(join(copy, file), 'utf8').split('\n');
    expect(lines.filter((text) => text.trim() === line)).toEqual([expect.stringContaining(line)]);
    expect(file).toMatch(SOURCES);
  });

  test.runIf(fault.mendable)('has a repair that applies, within the sources, and a hidden check', () => {
    applyEdits(copy, fault.edits);

    const repair = fault.humanFix ?? [];
    expect(repair).not.toEqual([]);
    expect(repair.filter(({ file }) => !SOURCES.test(file))).toEqual([]);
    expect(() => applyEdits(copy, repair)).not.toThrow();
    expect(existsSync(join(folder, 'faults', fault.id, 'check.spec.ts'))).toBe(true);
  });

  test.runIf(!fault.mendable)('has neither a repair nor a check', () => {
    expect(fault.humanFix).toBeUndefined();
    expect(existsSync(join(folder, 'faults', fault.id, 'check.spec.ts'))).toBe(false);
  });
});
