import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { formatHtml } from './html.ts';
import { formatMarkdown } from './markdown.ts';
import { deferredOf } from './story-sentences.ts';

const golden = readGolden();
const [first] = golden.issues;
const why = '20 branches wait already (publish.maxOpen): mend/a.';
const full = {
  ...golden,
  outcomes: golden.outcomes.map((outcome) =>
    outcome.shortId === first?.shortId
      ? { ...outcome, result: 'limit-reached' as const, reason: 'more-than-max-branches' as const, detail: why }
      : outcome,
  ),
};

test('lists what was deferred with its reason', () => {
  expect(deferredOf(full)).toEqual([{ shortId: first?.shortId, title: first?.title, why }]);
  expect(formatHtml(full)).toMatch(/<h2>Deferred<\/h2>[\s\S]*publish\.maxOpen\): mend\/a\./);
  expect(formatMarkdown(full)).toMatch(/### Deferred\n\n- .*publish\.maxOpen/);
});

test('says nothing of it where nothing was', () => {
  expect(formatHtml(golden)).not.toContain('>Deferred<');
  expect(formatMarkdown(golden)).not.toContain('### Deferred');
});
