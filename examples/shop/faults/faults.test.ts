import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyEdits } from './apply-edits.ts';
import { copyShop, SHOP } from './copy-shop.ts';
import { Fault } from './fault.ts';

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const faults: { folder: string; fault: Fault }[] = [];
for (const folder of folders) {
  const module: { fault?: unknown } = await import(pathToFileURL(join(import.meta.dirname, folder, 'fault.ts')).href);
  faults.push({ folder, fault: Fault.parse(module.fault) });
}

const SOURCES = /^(src|server|shared)\//;

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'shop-fault-'));
  copyShop(copy);
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

test('there is something to mend and something that nobody can mend', () => {
  const mendable = faults.filter(({ fault }) => fault.mendable);
  const others = faults.filter(({ fault }) => !fault.mendable).map(({ fault }) => fault.expected.result);

  expect(mendable.length).toBeGreaterThanOrEqual(13);
  expect(others.toSorted()).toEqual(['flaky', 'outage', 'scenario-wrong']);
});

test('the mendable ones lie in every kind of place', () => {
  const places = new Set(faults.filter(({ fault }) => fault.mendable).map(({ fault }) => fault.location));

  expect([...places].toSorted()).toEqual(['other-file', 'same-file', 'same-function', 'throw-line']);
});

describe.each(faults)('$folder', ({ folder, fault }) => {
  test('is named like its folder', () => {
    expect(fault.id).toBe(folder);
  });

  test('applies to the healthy shop', () => {
    expect(() => applyEdits(copy, fault.edits)).not.toThrow();
  });

  test('names a scenario of the shop', () => {
    const files = readdirSync(join(SHOP, 'scenarios'));
    const titles = files.map((name) => readFileSync(join(SHOP, 'scenarios', name), 'utf8')).join('\n');

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
    expect(existsSync(join(import.meta.dirname, folder, 'check.spec.ts'))).toBe(true);
  });

  test.runIf(!fault.mendable)('has neither a repair nor a check', () => {
    expect(fault.humanFix).toBeUndefined();
    expect(existsSync(join(import.meta.dirname, folder, 'check.spec.ts'))).toBe(false);
  });
});

test('all of them apply together, in either order', () => {
  const other = mkdtempSync(join(tmpdir(), 'shop-fault-'));
  copyShop(other);

  for (const { fault } of faults) applyEdits(copy, fault.edits);
  for (const { fault } of faults.toReversed()) applyEdits(other, fault.edits);

  rmSync(other, { recursive: true, force: true });
});
