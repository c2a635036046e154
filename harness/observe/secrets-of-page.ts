/** What a screenshot must not show: fields for secrets, whatever Sentry is told to mask or block, and texts that look like tokens or cards. */
import type { Frame, Locator, Page } from '@playwright/test';
import { CARD_SHAPE, SECRET_FIELD_WORDS, SECRET_SHAPES } from '../model/secret-shapes.ts';

/** As Sentry's replay masks and blocks by itself. */
const SENTRY = ['[data-sentry-mask]', '[data-sentry-block]', '.sentry-mask', '.sentry-block'];
const BY_WORD = SECRET_FIELD_WORDS.flatMap((word) =>
  ['name', 'id', 'autocomplete'].flatMap((attribute) =>
    ['input', 'textarea', 'select'].map((tag) => `${tag}[${attribute}*="${word}" i]`),
  ),
);
const FIELDS = ['input[type=password]', ...BY_WORD, ...SENTRY].join(', ');
const SHAPE = [...SECRET_SHAPES, CARD_SHAPE].join('|');
const MOST_FIELDS = 200;

/** Locators of all frames, those of other sites included. Rejects where a page does not answer: then no picture is taken. */
export async function secretsOf(page: Page): Promise<Locator[]> {
  return (await Promise.all(page.frames().map(secretsOfFrame))).flat();
}

async function secretsOfFrame(frame: Frame): Promise<Locator[]> {
  const fields = frame.locator('input, textarea');
  const filled = await fields.evaluateAll(
    (all, { shape, most }) =>
      all.slice(0, most).flatMap((field, index) => {
        const value: unknown = Reflect.get(field, 'value');
        return typeof value === 'string' && new RegExp(shape).test(value) ? [index] : [];
      }),
    { shape: SHAPE, most: MOST_FIELDS },
  );
  return [frame.locator(FIELDS), frame.getByText(new RegExp(SHAPE)), ...filled.map((index) => fields.nth(index))];
}
