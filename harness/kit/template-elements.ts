/** HTML in template literals, as lit, htm and hand-made tags have it: the element around an expression. */
import ts from 'typescript';
import type { SourceText } from './source-text.ts';

export interface TemplateElement {
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** The tag of the template, `html`; '' for one without. */
  readonly tag: string;
}

const TAG = /<(?<close>\/?)(?<name>[a-zA-Z][\w-]*)\b[^<>]*?(?<self>\/?)>/g;
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/**
 * The innermost element around a node that stands in `${…}`, or the one around that which holds nothing else; undefined
 * where it stands in no template, or in no element of it.
 */
export function elementAround(source: SourceText, node: ts.Node): TemplateElement | undefined {
  const span = spanOf(node);
  const template = span?.parent;
  if (template === undefined) return undefined;
  const from = source.start(template);
  const at = source.start(node) - from;
  const text = masked(source, template);
  const around = elementsOf(text)
    .filter(({ start, end }) => start < at && at < end)
    .sort((a, b) => b.start - a.start);
  const [inner, ...outer] = around;
  if (inner === undefined) return undefined;
  let kept = inner;
  for (const next of outer) {
    if (text.slice(next.inside, kept.start).trim() !== '' || text.slice(kept.end, next.insideEnd).trim() !== '') break;
    kept = next;
  }
  const tagged = template.parent;
  const tag = ts.isTaggedTemplateExpression(tagged) ? source.textOf(tagged.tag) : '';
  return { start: from + kept.start, end: from + kept.end, tag };
}

function spanOf(node: ts.Node): ts.TemplateSpan | undefined {
  for (let at = node; at.parent !== undefined; at = at.parent) {
    if (ts.isTemplateSpan(at)) return at;
    if (ts.isStatement(at) || ts.isFunctionLike(at)) return undefined;
  }
  return undefined;
}

/** Text of a template with `x` for every character of its holes, so that offsets stay. */
function masked(source: SourceText, template: ts.TemplateExpression): string {
  let text = source.textOf(template);
  const from = source.start(template);
  for (const { expression } of template.templateSpans) {
    const [start, end] = [source.start(expression) - from, expression.getEnd() - from];
    text = `${text.slice(0, start)}${'x'.repeat(end - start)}${text.slice(end)}`;
  }
  return text;
}

interface Element {
  readonly start: number;
  readonly inside: number;
  readonly insideEnd: number;
  readonly end: number;
}

/** Elements that are closed in the same template. */
function elementsOf(text: string): Element[] {
  const found: Element[] = [];
  const open: { name: string; start: number; inside: number }[] = [];
  for (const { index, 0: tag, groups = {} } of text.matchAll(TAG)) {
    const name = (groups.name ?? '').toLowerCase();
    const end = index + tag.length;
    if (groups.close === '') {
      if (groups.self === '' && !VOID.has(name)) open.push({ name, start: index, inside: end });
      continue;
    }
    const opened = open.findLastIndex((one) => one.name === name);
    const [begun] = opened === -1 ? [] : open.splice(opened);
    if (begun) found.push({ start: begun.start, inside: begun.inside, insideEnd: index, end });
  }
  return found;
}
