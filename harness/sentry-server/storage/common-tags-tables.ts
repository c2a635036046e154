/**
 * Step of the tables: `common_tags` is an object of the tags that all events of an issue have, the keys that begin with a space
 * included (see event-tables.ts), and ` error.value`. Issues from before have none. Whoever gives events to another issue leaves it without any.
 */
export const commonTagsTables = `
ALTER TABLE issues ADD COLUMN common_tags TEXT NOT NULL DEFAULT '{}';
CREATE TRIGGER events_moved AFTER UPDATE OF issue_id ON events BEGIN
  UPDATE issues SET common_tags = '{}' WHERE id = NEW.issue_id;
END;
`;
