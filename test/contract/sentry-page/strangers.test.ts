/** A stranger's text stays text on every page, and nothing but our own files runs. */
import { describe, expect, test } from 'vitest';
import { embedded, errorEvent } from '../embedded.ts';
import { ask, ISSUE, post, text } from './read-page.ts';

describe("a stranger's text", () => {
  const EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u0000\u0007';
  const HARMLESS = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;‹U+202E›␀␇';
  const frames = [
    {
      function: EVIL,
      filename: EVIL,
      lineno: 1,
      in_app: true,
      context_line: EVIL,
      pre_context: [EVIL],
      vars: { [EVIL]: EVIL },
    },
  ];
  const everywhere = {
    event_id: 'ee'.repeat(16),
    platform: 'node',
    transaction: EVIL,
    release: 'a"><b>',
    environment: 'c"><b>',
    server_name: EVIL,
    logger: EVIL,
    exception: {
      values: [{ type: EVIL, value: EVIL, mechanism: { type: EVIL, source: EVIL }, stacktrace: { frames } }],
    },
    threads: { values: [{ id: 1, name: EVIL, stacktrace: { frames } }] },
    breadcrumbs: { values: [{ category: EVIL, message: EVIL, level: EVIL, data: { [EVIL]: EVIL } }] },
    request: {
      method: '<b>',
      url: EVIL,
      query_string: EVIL,
      headers: { [EVIL]: EVIL },
      data: EVIL,
      env: { [EVIL]: EVIL },
    },
    user: { id: EVIL, [EVIL]: EVIL },
    contexts: { [EVIL]: { [EVIL]: EVIL } },
    extra: { [EVIL]: EVIL },
    modules: { [EVIL]: EVIL },
    tags: { [EVIL]: EVIL },
  };

  /** Everything between `<` and `>` that a browser would take for a tag, by name and attributes' names. */
  function tagsOf(page: string): Set<string> {
    const tags = page.matchAll(/<(?<name>[a-z][\w-]*)(?<rest>(?:"[^"]*"|[^">])*)>/gi);
    return new Set(
      [...tags].map(({ groups }) =>
        `${groups?.name} ${(groups?.rest ?? '').replaceAll(/="[^"]*"/g, '').trim()}`.trim(),
      ),
    );
  }

  test('makes no markup, wherever it stands', async () => {
    const [tame, evil] = [embedded(), embedded()];
    await tame.send(
      JSON.parse(JSON.stringify(everywhere).replaceAll(JSON.stringify(EVIL), '"x"').replaceAll('<b>', 'b')),
    );
    await evil.send(everywhere);
    await post(evil, `${ISSUE}notes/`, { text: EVIL });

    for (const path of ['/', ISSUE]) {
      const page = await text(evil, path);
      expect(page).toContain(HARMLESS);
      for (const letter of ['\u0000', '\u0007', '\u202e']) expect(page).not.toContain(letter);
      const known = tagsOf(await text(tame, path));
      expect([...tagsOf(page)].filter((tag) => !known.has(tag) && tag !== 'p class')).toEqual([]);
    }
  });

  test.each(['/?query=', '/?project=', '/?environment='])('in %s makes none either', async (path) => {
    const page = await text(embedded(), `${path}${encodeURIComponent(EVIL.slice(0, -3))}`);

    expect(page).not.toMatch(/<script>|<img/);
    expect(page).toContain('&lt;script&gt;');
  });

  test('of any length leaves a page that can be read', async () => {
    const sentry = embedded();
    const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
    await sentry.send(errorEvent(1, { extra: { long: 'x'.repeat(500_000), deep }, message: 'y'.repeat(100_000) }));

    const page = await text(sentry, ISSUE);

    expect(page.length).toBeLessThan(60_000);
    expect(page).toContain('more characters)');
  });
});

test('lets nothing run but its own files, and names them by what is in them', async () => {
  const sentry = embedded();
  const answer = await ask(sentry, '/');
  const page = await answer.text();
  const files = [...page.matchAll(/(?:href|src)="(?<path>\/assets\/[^"]+)"/g)].map(({ groups }) => groups?.path ?? '');

  expect(answer.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'self'; script-src 'self'; /,
  );
  expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
  expect(page).not.toMatch(/ (?:style|on\w+)="|<style|<script(?! src="\/assets\/keys-)/);
  expect(files).toHaveLength(3);
  for (const file of files) {
    const { status, headers } = await ask(sentry, file);
    expect([status, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'nosniff',
    ]);
  }
});
