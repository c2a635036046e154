/** The tables of uploaded source maps: pieces on their way, bundles, what they belong to, and their files. */

/** `packed` holds a file as its archive did; `debug_id` and `checksum` are lowercase hex digits; no dist is ''. */
export const artifactTables = `
CREATE TABLE artifact_chunks (
  sha1 TEXT PRIMARY KEY, received_at INTEGER NOT NULL, size INTEGER NOT NULL, bytes BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE artifact_bundles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, checksum TEXT NOT NULL UNIQUE, bundle_id TEXT, uploaded_at INTEGER NOT NULL,
  file_count INTEGER NOT NULL, packed_size INTEGER NOT NULL
);
CREATE TABLE artifact_bundle_projects (
  project_id INTEGER NOT NULL REFERENCES projects(id), bundle INTEGER NOT NULL REFERENCES artifact_bundles(id),
  PRIMARY KEY (project_id, bundle)
) WITHOUT ROWID;
CREATE TABLE artifact_bundle_releases (
  project_id INTEGER NOT NULL REFERENCES projects(id), release TEXT NOT NULL, dist TEXT NOT NULL,
  bundle INTEGER NOT NULL REFERENCES artifact_bundles(id),
  PRIMARY KEY (project_id, release, dist, bundle)
) WITHOUT ROWID;
CREATE TABLE artifact_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT, bundle INTEGER NOT NULL REFERENCES artifact_bundles(id), kind TEXT NOT NULL, url TEXT NOT NULL,
  debug_id TEXT, source_map TEXT, method INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL, packed BLOB NOT NULL
);
CREATE INDEX artifact_files_debug_id ON artifact_files(debug_id, kind) WHERE debug_id IS NOT NULL;
CREATE INDEX artifact_files_url ON artifact_files(bundle, url);
CREATE INDEX artifact_bundle_projects_bundle ON artifact_bundle_projects(bundle);
CREATE INDEX artifact_bundle_releases_bundle ON artifact_bundle_releases(bundle);
`;
