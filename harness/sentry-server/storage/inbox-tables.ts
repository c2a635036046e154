/**
 * Step of the tables: how far the inbox is stored, and under which name its files belong to this one. No search uses the index
 * of releases any more: `issue_tags` knows them.
 */
export const inboxTables = `
CREATE TABLE inbox (only INTEGER PRIMARY KEY CHECK (only = 1), name TEXT NOT NULL, stored_to INTEGER NOT NULL);
INSERT INTO inbox VALUES (1, lower(hex(randomblob(8))), 0);
DROP INDEX events_release;
`;
