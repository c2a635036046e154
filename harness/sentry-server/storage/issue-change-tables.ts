/**
 * Step of the tables: an issue has a category, and may be on its way out.
 *
 * - `issues.category`: `error` or `feedback`.
 * - `issues.leaving`: `merge` or `deletion` while its events are moved or deleted, a few at a time; `discarded` for good, so that
 *   its hashes keep such events out. Where it is not NULL, nobody but the mover sees the issue.
 * - `issue_redirects`: which issue a merged one has become part of.
 * - `issue_moves`: events on their way: from an issue to another, or to nowhere (`to_issue` is NULL); all of them, or those whose first
 *   hash is in the JSON list `hashes`: (`at`, `number`) is how far the mover has come, and `until` the last event that it looks at.
 */
export const issueChangeTables = `
ALTER TABLE issues ADD COLUMN category TEXT NOT NULL DEFAULT 'error';
ALTER TABLE issues ADD COLUMN leaving TEXT;
CREATE TABLE issue_redirects (
  issue_id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, short_number INTEGER NOT NULL, to_issue INTEGER NOT NULL REFERENCES issues(id)
);
CREATE UNIQUE INDEX issue_redirects_short ON issue_redirects(project_id, short_number);
CREATE INDEX issue_redirects_to ON issue_redirects(to_issue);
CREATE TABLE issue_moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT, from_issue INTEGER NOT NULL REFERENCES issues(id), to_issue INTEGER REFERENCES issues(id),
  hashes TEXT, at INTEGER NOT NULL DEFAULT -9007199254740991, number INTEGER NOT NULL DEFAULT 0,
  until INTEGER NOT NULL DEFAULT 0
);
`;
