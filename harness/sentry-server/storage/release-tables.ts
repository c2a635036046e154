/** What a later version added to the releases' table. */
export const releaseTables = `ALTER TABLE releases ADD COLUMN status TEXT NOT NULL DEFAULT 'open';`;
