/** What a person can do about an issue: change its state, write a note. Plain forms, refused from other people's pages. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { type Html, html } from '../../markup/html-tag.ts';
import type { ServerParts } from '../server-parts.ts';
import { changeIssue, type IssueChange } from '../storage/issues.ts';
import type { IssueRow } from '../storage/rows.ts';
import { addNote, Note } from '../web/note-routes.ts';
import type { Person } from './check-person.ts';
import { issuePath } from './issue-words.ts';
import { hiddenToken } from './layout.ts';

const CHANGES = {
  resolved: { status: 'resolved' },
  'resolved-next': { status: 'resolved', statusDetails: { inNextRelease: true } },
  archived: { status: 'ignored', substatus: 'archived_until_escalating' },
  'archived-forever': { status: 'ignored', substatus: 'archived_forever' },
  unresolved: { status: 'unresolved' },
} as const satisfies Record<string, IssueChange>;

const To = z.enum(Object.keys(CHANGES) as [keyof typeof CHANGES]);

/** What the page says after the form has led back to it. */
export const DONE: ReadonlyMap<string, string> = new Map([
  ['resolved', 'The issue is resolved. It comes back should its error happen again.'],
  ['resolved-next', 'The issue is resolved in the next release.'],
  ['archived', 'The issue is archived until it escalates.'],
  ['archived-forever', 'The issue is archived.'],
  ['unresolved', 'The issue is open again.'],
  ['note', 'The note is kept.'],
]);

export function actionForm(parts: ServerParts, issue: IssueRow, person: Person): Html {
  const button = (to: keyof typeof CHANGES, text: string, more?: Html): Html =>
    html`<button name="to" value="${to}" ${more}>${text}</button>`;
  const buttons =
    issue.status === 'unresolved'
      ? [
          button('resolved', 'Resolve', html`class="primary" aria-keyshortcuts="r"`),
          button('resolved-next', 'Resolve in next release'),
          button('archived', 'Archive until it escalates'),
          button('archived-forever', 'Archive'),
        ]
      : [button('unresolved', 'Reopen')];
  return html`<form method="post" action="${issuePath(parts, issue.id)}status/" class="actions" aria-label="State of the issue">${hiddenToken(person)}${buttons}</form>`;
}

export function noteForm(
  parts: ServerParts,
  issue: IssueRow,
  person: Person,
  { text = '', why }: { text?: string; why?: string } = {},
): Html {
  return html`<form method="post" action="${issuePath(parts, issue.id)}notes/" class="note">${hiddenToken(person)}
<label for="note">Note</label>
<textarea id="note" name="text" rows="3" maxlength="65536" required${why !== undefined && html` aria-invalid="true" aria-describedby="note-wrong"`}>${text}</textarea>
${why !== undefined && html`<p class="wrong" id="note-wrong" role="alert">${why}</p>`}
<button>Keep the note</button></form>`;
}

export function changeState(parts: ServerParts, c: Context, issue: IssueRow, form: URLSearchParams): Response {
  const to = To.safeParse(form.get('to'));
  if (!to.success) throw new HTTPException(400, { message: 'There is no such state.' });
  changeIssue(parts.db, issue, CHANGES[to.data], parts.now().getTime());
  return c.redirect(`${issuePath(parts, issue.id)}?done=${to.data}`, 303);
}

/** Undefined where the note is kept, otherwise what is wrong with it. */
export function keepNote(parts: ServerParts, issue: IssueRow, given: string): string | undefined {
  const note = Note.safeParse({ text: given });
  if (!note.success) return 'A note needs some words, at most 65,536 letters.';
  try {
    addNote(parts, issue, note.data.text);
    return undefined;
  } catch (error) {
    if (error instanceof HTTPException && error.status === 400) return 'The same note was kept within the last hour.';
    throw error;
  }
}
