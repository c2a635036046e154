import { createHash } from 'node:crypto';
import { createTwoFilesPatch } from 'diff';
import { expect, test } from 'vitest';
import type { Patch } from '../../model/patch.ts';
import { guardPatch } from './guard.ts';

function patchOf(file: string, before: string, after: string, fixer = 'optional-chain'): Patch {
  const edits = [{ file, start: 0, end: before.length, text: after }];
  return {
    id: createHash('sha256').update(after).digest('hex').slice(0, 12),
    issue: 'SHOP-1',
    suspect: 'abc',
    fixer,
    title: 'mend it',
    rationale: '',
    edits,
    newFiles: [],
    score: 0.5,
    diff: createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after),
  };
}

function ruleFor(file: string, before: string, after: string, fixer?: string): string | undefined {
  const context = { isSource: (name: string) => name.startsWith('src/'), readSource: () => before };
  return guardPatch(patchOf(file, before, after, fixer), context)?.rule;
}

const TRY = 'try { load(); } catch (error) { show(error); }';

test.each([
  ['a file outside the sources', 'server/a.ts', 'a.b', 'a?.b', 'outside-sources'],
  ['a path that leads out', 'src/../x.ts', 'a.b', 'a?.b', 'outside-sources'],
  ['an absolute path', '/etc/passwd', 'a', 'b', 'outside-sources'],
  ['a test', 'src/a.spec.ts', 'expect(1)', 'expect(2)', 'outside-sources'],
  ['a lock file', 'src/package-lock.json', '{}', '{"a":1}', 'outside-sources'],
  ['a file that no longer parses', 'src/a.ts', 'a.b;', 'a.(b;', 'parses'],
  ['an empty catch', 'src/a.ts', 'load();', 'try { load(); } catch {}', 'empty-catch'],
  ['a catch that only logs', 'src/a.ts', 'load();', 'try { load(); } catch (e) { console.warn(e); }', 'empty-catch'],
  ['a rejection thrown away', 'src/a.ts', 'load();', 'load().catch(() => undefined);', 'empty-catch'],
  ['a constant condition', 'src/a.ts', 'if (a) go();', 'if (false && a) go();', 'constant-condition'],
  ['a call that is gone', 'src/a.ts', 'go(); stay();', 'stay();', 'deletes-code'],
  ['an element that is gone', 'src/a.tsx', 'const a = <p><Total /></p>;', 'const a = <p></p>;', 'deletes-code'],
  [
    'an ignored error',
    'src/a.ts',
    'Sentry.init({ dsn });',
    "Sentry.init({ dsn, ignoreErrors: ['x'] });",
    'touches-monitoring',
  ],
  [
    'a lower sample rate',
    'src/a.ts',
    'Sentry.init({ sampleRate: 1 });',
    'Sentry.init({ sampleRate: 0 });',
    'touches-monitoring',
  ],
  ['a capture that is gone', 'src/a.ts', 'captureException(e); go();', 'go(); go();', 'touches-monitoring'],
  [
    'a policy for everybody',
    'src/a.ts',
    'send("connect-src \'self\'");',
    'send("connect-src \'self\' *");',
    'wider-policy',
  ],
  [
    'scripts from anybody',
    'src/a.ts',
    'send("script-src \'self\'");',
    "send(\"script-src 'self' 'unsafe-inline'\");",
    'wider-policy',
  ],
  [
    'a whole scheme',
    'src/a.ts',
    "const a = { connectSrc: ['a'] };",
    "const a = { connectSrc: ['a', 'https:'] };",
    'wider-policy',
  ],
  ['a directive that is gone', 'src/a.ts', 'send("img-src a; connect-src b");', 'send("img-src a");', 'wider-policy'],
  [
    'a policy that is gone',
    'src/a.ts',
    "set('Content-Security-Policy', \"img-src a\"); set('x', 1);",
    "set('y', \"img-src a\"); set('x', 1);",
    'wider-policy',
  ],
  ['a rewrite', 'src/a.ts', 'a();\n'.repeat(40), 'a(1);\n'.repeat(40), 'too-large'],
])('refuses %s', (_, file, before, after, rule) => {
  expect(ruleFor(file, before, after)).toBe(rule);
});

test.each([
  ['optional chaining', 'src/a.ts', 'a.b.c();', 'a.b?.c();'],
  ['a default', 'src/a.ts', 'const a = x.list;', 'const a = x.list ?? [];'],
  ['a guard', 'src/a.ts', 'a.b();', 'if (a) a.b();'],
  ['a catch with a consequence', 'src/a.ts', 'load();', TRY],
  ['a rejection that is shown', 'src/a.ts', 'load();', 'load().catch((error) => setProblem(error));'],
  ['an edit beside Sentry’s set-up', 'src/a.ts', 'Sentry.init({ dsn }); a.b;', 'Sentry.init({ dsn }); a?.b;'],
  ['an empty catch that was there before', 'src/a.ts', 'try { a(); } catch {} b.c;', 'try { a(); } catch {} b?.c;'],
  ['a source of a policy', 'src/a.ts', 'send("connect-src a");', 'send("connect-src a https://b.example");'],
  ['an edit beside a wide policy', 'src/a.ts', 'send("img-src *"); a.b;', 'send("img-src *"); a?.b;'],
  ['JSX with a guard', 'src/a.tsx', 'const a = <p>{o.total}</p>;', 'const a = <p>{o && o.total}</p>;'],
])('lets %s through', (_, file, before, after) => {
  expect(ruleFor(file, before, after)).toBeUndefined();
});

test('judges a revert by behaviour alone, whatever it deletes', () => {
  expect(ruleFor('src/a.ts', 'go(); stay();', 'stay();', 'revert-hunk')).toBeUndefined();
});
