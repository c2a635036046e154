/** Deploys: which release went to which environment, and when. */
import { z } from 'zod';
import type { Database } from './database.ts';

const DeployRow = z.object({
  id: z.number(),
  environment: z.string(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  started_at: z.number().nullable(),
  finished_at: z.number(),
});
export type DeployRow = z.infer<typeof DeployRow>;

/** Newest first. */
export function listDeploys(db: Database, releaseId: number): DeployRow[] {
  return db.all(
    DeployRow,
    'SELECT * FROM deploys WHERE release_id = ? ORDER BY finished_at DESC, id DESC LIMIT 1000',
    releaseId,
  );
}

export function addDeploy(db: Database, releaseId: number, deploy: Omit<DeployRow, 'id'>): DeployRow {
  const { id } = db.run(
    'INSERT INTO deploys (release_id, environment, name, url, started_at, finished_at) VALUES (?, ?, ?, ?, ?, ?)',
    releaseId,
    deploy.environment,
    deploy.name,
    deploy.url,
    deploy.started_at,
    deploy.finished_at,
  );
  return { id, ...deploy };
}
