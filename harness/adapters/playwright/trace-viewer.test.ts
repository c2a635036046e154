import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyTraceViewer, findTraceViewer } from './trace-viewer.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-viewer-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('the viewer lies beside the report with every file that its page loads, all by relative addresses', () => {
  const dir = scratch();

  expect(copyTraceViewer(ROOT, dir)).toBe(true);

  const page = readFileSync(join(dir, 'trace', 'index.html'), 'utf8');
  const loaded = [...page.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
  expect(loaded.length).toBeGreaterThan(3);
  for (const file of loaded) {
    expect(file).toMatch(/^\.\//);
    expect(existsSync(join(dir, 'trace', file))).toBe(true);
  }
  // The service worker, which reads the trace, and the page in which it draws snapshots.
  for (const file of ['sw.bundle.js', 'snapshot.html']) expect(existsSync(join(dir, 'trace', file))).toBe(true);
});

test('a repository without Playwright has none', () => {
  const dir = scratch();

  expect(findTraceViewer(dir)).toBeUndefined();
  expect(copyTraceViewer(dir, dir)).toBe(false);
});
