/** Tables of what callers of the Web API make (deploys, teams) and indexes to find kept items again. */
export const apiTables = `
CREATE TABLE deploys (
  id INTEGER PRIMARY KEY AUTOINCREMENT, release_id INTEGER NOT NULL REFERENCES releases(id), environment TEXT NOT NULL,
  name TEXT, url TEXT, started_at INTEGER, finished_at INTEGER NOT NULL
);
CREATE INDEX deploys_release ON deploys(release_id);
CREATE TABLE teams (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE TABLE team_projects (
  team_id INTEGER NOT NULL REFERENCES teams(id), project_id INTEGER NOT NULL REFERENCES projects(id),
  PRIMARY KEY (team_id, project_id)
) WITHOUT ROWID;
CREATE TABLE user_reports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL REFERENCES projects(id), event_id TEXT NOT NULL,
  name TEXT NOT NULL, email TEXT NOT NULL, comments TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX raw_items_event ON raw_items(event_id) WHERE event_id IS NOT NULL;
CREATE INDEX raw_items_trace ON raw_items(trace_id) WHERE trace_id IS NOT NULL;
CREATE INDEX raw_items_type ON raw_items(type, number);
`;
