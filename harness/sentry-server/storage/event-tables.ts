/**
 * The second step of the file: an event is one row with its tags in it, and what lists show of an issue is kept beside the
 * issue instead of being counted over its events.
 *
 * - `issue_hours`: events per issue and hour since 1970. The hour that is being counted is in the issue's own row
 *   (`issues.hour`, `issues.hour_count`), which every event writes anyway.
 * - `issue_users`: who met the issue; `user_hash` is a 52-bit digest of the user's key. `issues.user_count` counts them.
 * - `issue_tags`: which tags any event of the issue had, for searches; and, under keys that begin with a space and so are no
 *   tag's, what else is searched for. Its counts hold what was counted up to event `issues.tags_counted_to`.
 * - `event_tags`: the tags as rows, for whoever reads them.
 */
export const eventTables = `
ALTER TABLE events RENAME TO old_events;
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, project_id INTEGER NOT NULL, issue_id INTEGER NOT NULL REFERENCES issues(id),
  at INTEGER NOT NULL, received_at INTEGER NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, culprit TEXT NOT NULL, message TEXT NOT NULL,
  level TEXT NOT NULL, platform TEXT NOT NULL, logger TEXT, environment TEXT, release TEXT, dist TEXT, trace_id TEXT, transaction_name TEXT,
  url TEXT, error_type TEXT, error_value TEXT, user_key TEXT, is_unhandled INTEGER NOT NULL, hashes TEXT NOT NULL, size INTEGER NOT NULL,
  tags TEXT NOT NULL, payload TEXT NOT NULL
);
INSERT INTO events SELECT number, id, project_id, issue_id, at, received_at, type, title, culprit, message, level, platform, logger,
  environment, release, dist, trace_id, transaction_name, url, error_type, error_value, user_key, is_unhandled, hashes, size,
  (SELECT json_group_object(key, value) FROM (SELECT key, value FROM event_tags WHERE event_number = old_events.number ORDER BY key)),
  payload FROM old_events ORDER BY number;
DROP TABLE event_tags;
DROP TABLE old_events;
CREATE UNIQUE INDEX events_id ON events(id, project_id);
CREATE INDEX events_issue ON events(issue_id, at);
CREATE INDEX events_trace ON events(trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX events_at ON events(at);
-- Of an expression, so that only who asks for it gets it: a search within an issue must not walk over a release's events.
CREATE INDEX events_release ON events('' || release, at) WHERE release IS NOT NULL;
CREATE VIEW event_tags AS
  SELECT events.number AS event_number, events.issue_id AS issue_id, tag.key AS key, tag.value AS value
  FROM events, json_each(events.tags) AS tag;

ALTER TABLE issues ADD COLUMN user_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN tags_counted_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN tags_uncounted INTEGER NOT NULL DEFAULT 0;
DROP INDEX issues_last_seen; -- Every event would move its issue in it; lists read all issues anyway, to count them.
ALTER TABLE issues ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issues ADD COLUMN hour_count INTEGER NOT NULL DEFAULT 0;
CREATE INDEX issues_first_release ON issues(first_release);
CREATE TABLE issue_hours (
  issue_id INTEGER NOT NULL, hour INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (issue_id, hour)
) WITHOUT ROWID;
CREATE TABLE issue_users (user_hash INTEGER NOT NULL, issue_id INTEGER NOT NULL, PRIMARY KEY (user_hash, issue_id)) WITHOUT ROWID;
CREATE TABLE issue_tags (
  issue_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL DEFAULT 0, first INTEGER, last INTEGER,
  PRIMARY KEY (issue_id, key, value)
) WITHOUT ROWID;
CREATE INDEX issue_tags_value ON issue_tags(key, value, issue_id);
INSERT INTO issue_hours SELECT issue_id, at / 3600000, count(*) FROM events GROUP BY 1, 2;
INSERT INTO issue_users SELECT DISTINCT user_hash(user_key), issue_id FROM events WHERE user_key IS NOT NULL;
UPDATE issues SET user_count = (SELECT count(DISTINCT user_key) FROM events WHERE issue_id = issues.id),
  tags_counted_to = (SELECT coalesce(max(number), 0) FROM events);
INSERT INTO issue_tags SELECT event_tags.issue_id, key, value, count(*), min(at), max(at)
  FROM event_tags JOIN events ON number = event_number GROUP BY 1, 2, 3;
INSERT INTO issue_tags (issue_id, key, value) SELECT DISTINCT issue_id, ' platform', platform FROM events;
INSERT INTO issue_tags (issue_id, key, value) SELECT DISTINCT issue_id, ' error.type', error_type FROM events WHERE error_type IS NOT NULL;
`;
