/** Releases that are archived, restored and removed, as sentry-cli asks for it. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { callApi, embedded, errorEvent } from './embedded.ts';

function releasesOf({ server }: ReturnType<typeof embedded>) {
  const ask = (path: string, method = 'GET', body?: object): Promise<Response> =>
    callApi(server, method, `/organizations/mendwright/releases/${path}`, body);
  return {
    ask,
    make: (version: string) => ask('', 'POST', { version, projects: ['shop'] }),
    list: async (query = ''): Promise<string[]> => {
      const found = await (await ask(query)).json();
      return z
        .array(z.object({ version: z.string(), status: z.string() }))
        .parse(found)
        .map(({ version, status }) => `${version} ${status}`)
        .sort();
    },
  };
}

test('a release is archived and restored without its projects being named, and listed by its status', async () => {
  const { ask, make, list } = releasesOf(embedded());
  await make('shop@1');
  await make('shop@2');

  const answer = await ask('', 'POST', { version: 'shop@1', projects: [], status: 'archived' });
  const lists = [await list(), await list('?status=open'), await list('?status=archived')];
  await ask('shop@1/', 'PUT', { status: 'open' });

  expect([answer.status, await answer.json()]).toEqual([208, expect.objectContaining({ status: 'archived' })]);
  expect(lists).toEqual([['shop@1 archived', 'shop@2 open'], ['shop@2 open'], ['shop@1 archived']]);
  expect(await list()).toEqual(['shop@1 open', 'shop@2 open']);
});

test.each([
  ['a new release without a project', '', 'POST', { version: 'shop@3', projects: [] }],
  ['a status that there is not', 'shop@1/', 'PUT', { status: 'lost' }],
  ['a list of a status that there is not', '?status=lost', 'GET', undefined],
])('%s is refused', async (_, path, method, body) => {
  const { ask, make, list } = releasesOf(embedded());
  await make('shop@1');

  const answer = await ask(path, method, body);

  expect(answer.status).toBe(400);
  expect(await list()).toEqual(['shop@1 open']);
});

test('a release is removed with its commits and deploys, and can be made again without them', async () => {
  const { ask, make, list } = releasesOf(embedded());
  await make('shop@1');
  await ask('shop@1/', 'PUT', { commits: [{ id: 'abc' }] });
  await ask('shop@1/deploys/', 'POST', { environment: 'staging' });

  const answer = await ask('shop@1/', 'DELETE');
  const left = await list();
  await make('shop@1');

  expect([answer.status, left]).toEqual([204, []]);
  expect(await (await ask('shop@1/commits/')).json()).toEqual([]);
  expect(await (await ask('shop@1/deploys/')).json()).toEqual([]);
  expect((await ask('shop@9/', 'DELETE')).status).toBe(404);
});

test('a release in which an issue was first seen stays', async () => {
  const sentry = embedded();
  const { ask, list } = releasesOf(sentry);
  await sentry.send(errorEvent(1, { release: 'shop@1' }));

  const answer = await ask('shop@1/', 'DELETE');

  expect([answer.status, await answer.json()]).toEqual([
    400,
    { detail: 'This release is referenced by active issues and cannot be removed.' },
  ]);
  expect(await list()).toEqual(['shop@1 open']);
});
