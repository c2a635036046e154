import { expect, test } from 'vitest';
import { embedded, errorEvent } from '../../test/contract/embedded.ts';
import { sentryNotes } from './sentry-notes.ts';

/** The status after each release's event, once the issue is resolved by a night at `shop@2`. */
async function statuses(release: string | undefined): Promise<string[]> {
  const sentry = embedded();
  const occur = async (version: string, digit: string): Promise<string> => {
    await sentry.send(errorEvent(1, { event_id: digit.repeat(32), release: version }));
    return (await sentry.client.fetchIssue('1')).status;
  };
  await occur('shop@1.0.0', 'a');
  await sentry.send(errorEvent(2, { event_id: 'b'.repeat(32), release: 'shop@2.0.0' }));
  await sentryNotes({ client: sentry.client, release }).resolve('1');
  return [await occur('shop@1.0.0', 'c'), await occur('shop@2.0.0', 'd'), await occur('shop@3.0.0', 'e')];
}

test.each([
  // It contains the fix: its own events say that the fix is none.
  ['the night’s release, where it is known', 'shop@2.0.0', ['resolved', 'unresolved', 'unresolved']],
  ['the next one, where others release', undefined, ['resolved', 'resolved', 'unresolved']],
])('resolves in %s: only events of releases that contain the fix reopen it', async (_, release, expected) => {
  expect(await statuses(release)).toEqual(expected);
});

test('an issue that another job’s embedded Sentry held needs no telling; one that a hosted Sentry lacks is trouble', async () => {
  const { client } = embedded();
  const told = (release: string | undefined) => {
    const { addNote, resolve, reopen } = sentryNotes({ client, release });
    return [addNote('99', 'A note.'), resolve('99'), reopen('99')];
  };

  expect(await Promise.all(told('shop@2.0.0'))).toEqual([undefined, undefined, undefined]);
  for (const telling of told(undefined)) await expect(telling).rejects.toMatchObject({ code: 'sentry-not-found' });
});
