import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from './database.ts';
import { CountRow } from './rows.ts';

const ROWS = 3000;

test('the log reaches the file while the writer goes on, long before the writer would move it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-checkpoint-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'sentry.db');
  const db = openDatabase(file);
  const before = statSync(file).size;
  for (let row = 0; row < ROWS; row += 500) {
    db.transaction(() => {
      for (let at = row; at < row + 500; at += 1)
        db.run(
          'INSERT INTO raw_items (project_id, type, received_at, header, payload) VALUES (1, ?, 0, ?, ?)',
          'log',
          '{}',
          new Uint8Array(1000),
        );
    });
  }
  await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(before + 1_000_000), { timeout: 20_000 });
  expect(db.one(CountRow, 'SELECT count(*) AS count FROM raw_items')?.count).toBe(ROWS);
  db.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  const again = openDatabase(file);
  expect(again.one(CountRow, 'SELECT count(*) AS count FROM raw_items')?.count).toBe(ROWS);
  again.close();
});
