/** User reports that were posted to the Web API. */
import { z } from 'zod';
import type { Database } from './database.ts';

/** What a user wrote about an event. */
export interface Feedback {
  readonly id: string;
  readonly projectId: number;
  /** The event that it is about. */
  readonly eventId: string | undefined;
  readonly name: string;
  readonly email: string;
  readonly comments: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const ReportRow = z
  .object({
    id: z.number(),
    project_id: z.number(),
    event_id: z.string(),
    name: z.string(),
    email: z.string(),
    comments: z.string(),
    at: z.number(),
  })
  .transform(
    ({ id, project_id: projectId, event_id: eventId, ...row }): Feedback => ({
      ...row,
      id: `r${id}`,
      projectId,
      eventId,
    }),
  );

/** Newest first; of all projects where none is named. */
export function listUserReports(db: Database, projects: readonly number[]): Feedback[] {
  const reports = db.all(ReportRow, 'SELECT * FROM user_reports ORDER BY id DESC LIMIT 5000');
  return reports.filter((report) => projects.length === 0 || projects.includes(report.projectId));
}

/** One report per event: a second one replaces the first, as at Sentry. */
export function addUserReport(
  db: Database,
  report: Omit<Feedback, 'id' | 'eventId'> & { readonly eventId: string },
): Feedback {
  return db.transaction(() => {
    db.run('DELETE FROM user_reports WHERE project_id = ? AND event_id = ?', report.projectId, report.eventId);
    const { id } = db.run(
      'INSERT INTO user_reports (project_id, event_id, name, email, comments, at) VALUES (?, ?, ?, ?, ?, ?)',
      report.projectId,
      report.eventId,
      report.name,
      report.email,
      report.comments,
      report.at,
    );
    return { ...report, id: `r${id}` };
  });
}
