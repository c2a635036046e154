/** The tables of the embedded Sentry's file; a new version appends a step and changes none. */
import { apiTables } from './api-tables.ts';
import { artifactTables } from './artifact-tables.ts';
import { commonTagsTables } from './common-tags-tables.ts';
import { eventTables } from './event-tables.ts';
import { inboxTables } from './inbox-tables.ts';
import { issueChangeTables } from './issue-change-tables.ts';
import { itemCountTables } from './item-count-tables.ts';
import { releaseTables } from './release-tables.ts';
import { sessionTables } from './session-tables.ts';

/** Times are milliseconds since 1970; JSON columns hold what their name says. */
const first = `
CREATE TABLE projects (
  id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, platform TEXT,
  created_at INTEGER NOT NULL, last_short INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE keys (
  public TEXT PRIMARY KEY, secret TEXT NOT NULL, project_id INTEGER NOT NULL REFERENCES projects(id),
  label TEXT NOT NULL, is_active INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL
);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL REFERENCES projects(id), short_number INTEGER NOT NULL,
  title TEXT NOT NULL, culprit TEXT NOT NULL, level TEXT NOT NULL, platform TEXT NOT NULL, type TEXT NOT NULL,
  logger TEXT, metadata TEXT NOT NULL, status TEXT NOT NULL, substatus TEXT, status_details TEXT NOT NULL DEFAULT '{}',
  resolved_release TEXT, resolved_kind TEXT, count INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  first_release TEXT, last_release TEXT, is_unhandled INTEGER NOT NULL, priority TEXT NOT NULL, assigned_to TEXT,
  has_seen INTEGER NOT NULL DEFAULT 0, is_bookmarked INTEGER NOT NULL DEFAULT 0, is_public INTEGER NOT NULL DEFAULT 0,
  is_subscribed INTEGER NOT NULL DEFAULT 0,
  UNIQUE (project_id, short_number)
);
CREATE INDEX issues_last_seen ON issues(last_seen);
CREATE TABLE hashes (
  project_id INTEGER NOT NULL, hash TEXT NOT NULL, issue_id INTEGER NOT NULL REFERENCES issues(id),
  PRIMARY KEY (project_id, hash)
) WITHOUT ROWID;
CREATE INDEX hashes_issue ON hashes(issue_id);
CREATE TABLE events (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, project_id INTEGER NOT NULL, issue_id INTEGER NOT NULL REFERENCES issues(id),
  at INTEGER NOT NULL, received_at INTEGER NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL, culprit TEXT NOT NULL, message TEXT NOT NULL,
  level TEXT NOT NULL, platform TEXT NOT NULL, logger TEXT, environment TEXT, release TEXT, dist TEXT, trace_id TEXT, transaction_name TEXT,
  url TEXT, error_type TEXT, error_value TEXT, user_key TEXT, is_unhandled INTEGER NOT NULL, hashes TEXT NOT NULL, size INTEGER NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (project_id, id)
);
CREATE INDEX events_id ON events(id);
CREATE INDEX events_issue ON events(issue_id, at);
CREATE INDEX events_trace ON events(trace_id);
CREATE INDEX events_at ON events(at);
CREATE TABLE event_tags (
  event_number INTEGER NOT NULL REFERENCES events(number), issue_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (event_number, key)
) WITHOUT ROWID;
CREATE INDEX event_tags_key ON event_tags(issue_id, key, value);
CREATE TABLE activities (
  id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id INTEGER NOT NULL REFERENCES issues(id), type TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX activities_issue ON activities(issue_id);
CREATE TABLE releases (
  id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, released_at INTEGER, ref TEXT, url TEXT
);
CREATE TABLE release_projects (
  release_id INTEGER NOT NULL REFERENCES releases(id), project_id INTEGER NOT NULL REFERENCES projects(id),
  PRIMARY KEY (release_id, project_id)
) WITHOUT ROWID;
CREATE TABLE commits (
  release_id INTEGER NOT NULL REFERENCES releases(id), position INTEGER NOT NULL, id TEXT NOT NULL, repository TEXT, message TEXT,
  author_name TEXT, author_email TEXT, at TEXT, patch_set TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (release_id, position)
) WITHOUT ROWID;
CREATE TABLE monitors (
  id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL REFERENCES projects(id), slug TEXT NOT NULL, config TEXT NOT NULL, created_at INTEGER NOT NULL,
  UNIQUE (project_id, slug)
);
CREATE TABLE check_ins (
  id TEXT PRIMARY KEY, monitor_id INTEGER NOT NULL REFERENCES monitors(id), status TEXT NOT NULL, environment TEXT, release TEXT,
  duration REAL, added_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
);
CREATE TABLE raw_items (
  number INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL, type TEXT NOT NULL, event_id TEXT, trace_id TEXT,
  received_at INTEGER NOT NULL, header TEXT NOT NULL, payload BLOB NOT NULL
);
CREATE INDEX raw_items_project ON raw_items(project_id, number);
CREATE TABLE item_counts (
  project_id INTEGER NOT NULL, type TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (project_id, type, outcome)
) WITHOUT ROWID;
`;

export const migrations: readonly string[] = [
  first,
  eventTables,
  apiTables,
  artifactTables,
  releaseTables,
  itemCountTables,
  sessionTables,
  issueChangeTables,
  inboxTables,
  commonTagsTables,
];
