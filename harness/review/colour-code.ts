/** Colours of a language's words, told by its grammar; what has no grammar here stays plain. */
import type { Parser } from '@lezer/common';
import { parser as css } from '@lezer/css';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser as markup } from '@lezer/html';
import { parser as script } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import type { Coloured, ColourLines } from '../report/html/diff-view.ts';

const GRAMMARS: readonly (readonly [RegExp, Parser])[] = [
  [/\.[mc]?ts$/, script.configure({ dialect: 'ts' })],
  [/\.(?:[mc]?js|jsx|json)$/, script.configure({ dialect: 'jsx' })],
  [/\.tsx$/, script.configure({ dialect: 'ts jsx' })],
  [/\.(?:html?|vue|svelte)$/, markup],
  [/\.(?:css|scss|less)$/, css],
  [/\.pyi?$/, python],
];

const WORDS = tagHighlighter([
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.string, tags.regexp], class: 'string' },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], class: 'keyword' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'number' },
  { tag: [tags.typeName, tags.tagName, tags.className], class: 'type' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'call' },
]);

/** A bundle in one line is not worth its reading. */
const MOST_LETTERS = 40_000;

export const colourCode: ColourLines = (file, lines) => {
  const text = lines.join('\n');
  const grammar = GRAMMARS.find(([names]) => names.test(file))?.[1];
  if (grammar === undefined || text.length > MOST_LETTERS) return lines.map((line) => [{ text: line, kind: '' }]);
  const coloured: Coloured[][] = [[]];
  highlightCode(
    text,
    grammar.parse(text),
    WORDS,
    (piece, kind) => coloured.at(-1)?.push({ text: piece, kind }),
    () => coloured.push([]),
  );
  return coloured;
};
