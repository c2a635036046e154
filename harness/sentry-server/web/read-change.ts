/** The body of a call that changes issues. */
import type { Context } from 'hono';
import { z } from 'zod';
import type { ServerParts } from '../server-parts.ts';
import { assigneeOf } from './assignee.ts';
import { readJson } from './read-json.ts';

/** Sentry's own page sends 1. */
const yes = z
  .union([z.boolean(), z.literal(1), z.literal(0)])
  .transform(Boolean)
  .optional();

const Change = z.object({
  status: z.enum(['resolved', 'unresolved', 'ignored', 'resolvedInNextRelease', 'muted']).optional(),
  statusDetails: z
    .object({
      inNextRelease: z.boolean().optional(),
      inRelease: z.string().max(250).optional(),
      inCommit: z.object({ commit: z.string().max(64), repository: z.string().max(256).optional() }).optional(),
      // Minutes; a hundred years, so that what comes of it is still a date.
      ignoreDuration: z.int().positive().max(52_560_000).optional(),
      ignoreCount: z.int().positive().optional(),
      ignoreWindow: z.int().positive().optional(),
      ignoreUserCount: z.int().positive().optional(),
      ignoreUserWindow: z.int().positive().optional(),
    })
    .optional(),
  substatus: z
    .enum([
      'archived_until_escalating',
      'archived_until_condition_met',
      'archived_forever',
      'escalating',
      'ongoing',
      'regressed',
      'new',
    ])
    .nullish(),
  assignedTo: z.string().max(200).nullish(),
  priority: z.enum(['low', 'medium', 'high']).optional(),
  hasSeen: z.boolean().optional(),
  isBookmarked: z.boolean().optional(),
  isPublic: z.boolean().optional(),
  isSubscribed: z.boolean().optional(),
  merge: yes,
  discard: yes,
});
type Change = z.infer<typeof Change>;

/** The assignee as it is kept; a substatus that only archived issues have archives. */
export async function readChange(parts: ServerParts, c: Context): Promise<Change> {
  const change = await readJson(c, Change);
  const { assignedTo, substatus } = change;
  return {
    ...change,
    ...(assignedTo ? { assignedTo: assigneeOf(parts.db, assignedTo) } : {}),
    ...(change.status === undefined && substatus?.startsWith('archived') ? { status: 'ignored' as const } : {}),
  };
}
