/** HTML in which every hole is a stranger's: escaped, and freed of what steers a reader's eye. */
import { plainText } from './plain-text.ts';

/** Markup that `html` made; nothing else gets past it unescaped. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** `undefined` and `false` leave a hole empty; a list is joined. */
export type Hole = string | number | Html | undefined | false | readonly Hole[];

export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  let markup = parts[0] ?? '';
  for (const [index, hole] of holes.entries()) markup += filled(hole) + (parts[index + 1] ?? '');
  return new Html(markup);
}

function filled(hole: Hole): string {
  if (hole === undefined || hole === false) return '';
  if (hole instanceof Html) return hole.toString();
  if (typeof hole === 'string' || typeof hole === 'number') return escapeMarkup(plainText(String(hole)));
  return hole.map(filled).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Fit for text and for quoted attributes, of HTML and of XML alike. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
