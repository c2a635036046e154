/**
 * Step of the tables for release health: sessions are counted by the hour in which they began.
 *
 * - `session_groups`: a release in an environment of a project; what counts are kept of.
 * - `session_hours`: how many sessions of a group began in an hour (hours since 1970), and how they went.
 * - `session_users`: who had them. `states` is the sum of the bits of all states that the user's sessions had; 0 is healthy.
 * - `counted_sessions`: sessions that SDKs tell of one by one, each in the worst state so far, so that updates count once.
 */
export const sessionTables = `
CREATE TABLE session_groups (
  id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects(id), release TEXT NOT NULL, environment TEXT NOT NULL,
  UNIQUE (project_id, release, environment)
);
CREATE TABLE session_hours (
  group_id INTEGER NOT NULL REFERENCES session_groups(id), hour INTEGER NOT NULL, healthy INTEGER NOT NULL DEFAULT 0,
  errored INTEGER NOT NULL DEFAULT 0, unhandled INTEGER NOT NULL DEFAULT 0, abnormal INTEGER NOT NULL DEFAULT 0,
  crashed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (group_id, hour)
) WITHOUT ROWID;
CREATE INDEX session_hours_hour ON session_hours(hour);
CREATE TABLE session_users (
  number INTEGER PRIMARY KEY, group_id INTEGER NOT NULL REFERENCES session_groups(id), hour INTEGER NOT NULL,
  user_hash INTEGER NOT NULL, states INTEGER NOT NULL, UNIQUE (group_id, hour, user_hash)
);
CREATE INDEX session_users_hour ON session_users(hour);
CREATE TABLE counted_sessions (
  number INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, sid TEXT NOT NULL, group_id INTEGER NOT NULL REFERENCES session_groups(id),
  hour INTEGER NOT NULL, state TEXT NOT NULL, UNIQUE (project_id, sid)
);
CREATE INDEX counted_sessions_hour ON counted_sessions(hour);
`;
