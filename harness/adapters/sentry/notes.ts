/** Notes on an issue: the same text once only, whoever wrote it. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { ALREADY_NOTED } from './refusal.ts';
import type { Requester } from './sentry-request.ts';
import { id, text, vague } from './wire-words.ts';

const Notes = z.array(z.object({ type: text, data: vague(z.object({ text })) }));
const Note = z.object({ id });

/** Whether it was written now. */
export async function addNote(api: Requester, path: string, note: string): Promise<boolean> {
  if (await isNoted(api, path, note)) return false;
  const call = { does: 'write a note', scope: 'event:write', method: 'POST', path, body: { text: note } } as const;
  const told = await api.tell(Note, call);
  if (!(told instanceof Failure)) return true;
  if (told.code === ALREADY_NOTED) return false;
  // Heard after all, although its answer was lost; or another process was quicker.
  if (await isNoted(api, path, note)) return told.code !== 'sentry-refused-request';
  throw told;
}

async function isNoted(api: Requester, path: string, note: string): Promise<boolean> {
  const wanted = note.trim();
  for await (const page of api.pages(Notes, { does: 'read the notes', scope: 'event:read', path })) {
    if (page.some(({ data }) => data?.text?.trim() === wanted)) return true;
  }
  return false;
}
