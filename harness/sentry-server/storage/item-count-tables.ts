/** Step of the tables: items are counted by the hour with a reason, and a client key may have a limit. */

export const itemCountTables = `
CREATE TABLE item_counts_by_hour (
  project_id INTEGER NOT NULL, hour INTEGER NOT NULL, type TEXT NOT NULL, category TEXT NOT NULL, outcome TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '', count INTEGER NOT NULL, bytes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project_id, hour, type, category, outcome, reason)
) WITHOUT ROWID;
INSERT INTO item_counts_by_hour (project_id, hour, type, category, outcome, count)
  SELECT project_id, 0, type, 'default', outcome, count FROM item_counts;
DROP TABLE item_counts;
ALTER TABLE item_counts_by_hour RENAME TO item_counts;
ALTER TABLE keys ADD COLUMN limit_count INTEGER;
ALTER TABLE keys ADD COLUMN limit_seconds INTEGER;
`;
