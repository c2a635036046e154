/** The part of a text on a code host that is ours: between two hidden marks that tell whether a person has changed it. */
import { createHash } from 'node:crypto';

export type MarkKind = 'proposal' | 'dashboard';

export interface Marks {
  readonly kind: MarkKind;
  /** Hash of the title that we wrote. */
  readonly title: string;
  /** What the proposal rests on; empty for the dashboard. */
  readonly evidence: string;
  /** Whether we have marked it ready, which is done once. */
  readonly isReady: boolean;
}

export interface MarkedText extends Marks {
  /** What stands between the marks. */
  readonly text: string;
  /** What people wrote around them. */
  readonly before: string;
  readonly after: string;
  /** Whether a person has changed what stands between them. */
  readonly isEdited: boolean;
}

export function hashOf(text: string): string {
  return createHash('sha256').update(steady(text)).digest('hex').slice(0, 16);
}

/** `text` between marks. Where HTML would be shown, a mark is the definition of a link that nobody uses. */
export function writeMarked(text: string, marks: Marks, showsHtml: boolean): string {
  const { kind, title, evidence, isReady } = marks;
  const inner = withoutMarks(text);
  const facts = `text=${hashOf(inner)} title=${title} evidence=${evidence || '-'} ready=${isReady ? 'yes' : 'no'}`;
  const [begin, end] = showsHtml
    ? [`<!-- mendwright:${kind} ${facts} -->`, '<!-- mendwright:end -->']
    : [`[mendwright:${kind}]: # "${facts}"`, '[mendwright:end]: # "end"'];
  return `${begin}\n\n${inner}\n\n${end}`;
}

const BEGIN =
  /^(?:<!-- |\[)mendwright:(?<kind>proposal|dashboard)(?: |\]: # ")text=(?<hash>[0-9a-f]{16}) title=(?<title>[0-9a-f]{16}) evidence=(?<evidence>[\w-]+) ready=(?<ready>yes|no)(?: -->|")[ \t]*$/m;
const END = /^(?:<!-- mendwright:end -->|\[mendwright:end\]: # "end")[ \t]*$/m;

/** Undefined where a mark is missing: the text is not ours. */
export function readMarked(body: string): MarkedText | undefined {
  const whole = body.replaceAll('\r\n', '\n');
  const begin = BEGIN.exec(whole);
  if (begin?.groups === undefined) return undefined;
  const rest = whole.slice(begin.index + begin[0].length);
  const end = END.exec(rest);
  if (end === null) return undefined;
  const { kind, hash, title = '', evidence = '', ready } = begin.groups;
  const text = steady(rest.slice(0, end.index));
  return {
    kind: kind === 'dashboard' ? 'dashboard' : 'proposal',
    title,
    evidence: evidence === '-' ? '' : evidence,
    isReady: ready === 'yes',
    text,
    before: whole.slice(0, begin.index),
    after: rest.slice(end.index + end[0].length),
    isEdited: hashOf(text) !== hash,
  };
}

/** The same text with another part of ours; what people wrote around it stays. */
export function replaceMarked({ before, after }: MarkedText, marked: string): string {
  return `${before}${marked}${after}`;
}

/** A stranger's text cannot pretend to be a mark. */
function withoutMarks(text: string): string {
  return text.replaceAll(/mendwright(?=:(?:end|proposal|dashboard))/g, 'mendwright\u200b').trim();
}

/** Hosts change the ends of lines and of texts. */
export function steady(text: string): string {
  return withoutMarks(text)
    .replaceAll('\r\n', '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .trim();
}
