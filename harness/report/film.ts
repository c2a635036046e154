/** A strip of pictures of a run from its trace: the page a few times before its error, at it, and at the end; none that may show a secret. */
import { CARD_SHAPE, SECRET_FIELD_WORDS } from '../model/secret-shapes.ts';
import type { TraceEvents, TraceFrame } from '../model/trace-events.ts';
import { maskSecrets } from './mask-secrets.ts';

export interface FilmFrame {
  /** Inside the trace. */
  readonly file: string;
  /** `0.4 s before the error` */
  readonly label: string;
}

export interface Film {
  readonly frames: readonly FilmFrame[];
  /** The last console lines, oldest first. */
  readonly console: readonly { readonly level: string; readonly text: string }[];
  /** Frames that were left out since the page held what looks like a secret. */
  readonly hidden: number;
}

const BEFORE = 3;
const CONSOLE = 8;
const LINE = 300;

/** Frames are few, since a page is photographed only when it changes; one that is equal to the one before it is not there. */
export function chooseFilm({ frames, console, errors, looks, endedAt }: TraceEvents): Film {
  const clean = cleanUntil(looks);
  const shown = frames.filter(({ at }) => at <= clean);
  const failedAt = errors[0];
  const turn = failedAt ?? endedAt;
  const before = shown.filter(({ at }) => at <= turn).slice(-BEFORE);
  const after = shown.filter(({ at }) => at > turn);
  const chosen = new Set<TraceFrame>([...before, ...after.slice(0, 1), ...after.slice(-1)]);
  return {
    frames: [...chosen].map(({ file, at }) => ({ file, label: labelOf(at, failedAt, endedAt) })),
    console: console.slice(-CONSOLE).map(({ level, text }) => ({ level, text: maskSecrets(text.slice(0, LINE)) })),
    hidden: frames.length - shown.length,
  };
}

function labelOf(at: number, failedAt: number | undefined, endedAt: number): string {
  const turn = failedAt ?? endedAt;
  const what = failedAt === undefined ? 'end' : 'error';
  const seconds = Math.abs(at - turn) / 1000;
  if (seconds < 0.05) return `at the ${what}`;
  return `${seconds.toFixed(1)} s ${at < turn ? 'before' : 'after'} the ${what}`;
}

/**
 * Until when no picture can show a secret: the page was looked at with each step, so what a look shows may have been there
 * since the look before it. Later pages are left out altogether: what a look does not repeat is there all the same.
 */
function cleanUntil(looks: TraceEvents['looks']): number {
  const first = looks.findIndex(({ html }) => showsSecret(html));
  if (first === -1) return Number.POSITIVE_INFINITY;
  return looks[first - 1]?.at ?? Number.NEGATIVE_INFINITY;
}

const VALUE = '__playwright_value_';
const CARD = new RegExp(CARD_SHAPE);

/** Of a page as it lies in a trace: `[tag, attributes, ...children]`, texts as they are, numbers where it repeats itself. */
export function showsSecret(node: unknown): boolean {
  if (typeof node === 'string') return CARD.test(node) || maskSecrets(node) !== node;
  if (!Array.isArray(node)) return false;
  const [tag, attributes, ...children]: unknown[] = node;
  if (typeof tag !== 'string') return node.some(showsSecret);
  // Nobody sees what stands in these.
  if (/^(?:script|style|noscript|template|head|title|meta|link)$/i.test(tag)) return false;
  const isNamed = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes);
  if (isNamed && isSecretField(new Map(Object.entries(attributes)))) return true;
  return (isNamed ? children : [attributes, ...children]).some(showsSecret);
}

function isSecretField(attributes: ReadonlyMap<string, unknown>): boolean {
  const text = (name: string): string => String(attributes.get(name) ?? '');
  const value = text(VALUE);
  // A browser shows dots for it.
  if (value === '' || text('type').toLowerCase() === 'password') return false;
  const names = [text('name'), text('id'), text('autocomplete')].join(' ').toLowerCase();
  return SECRET_FIELD_WORDS.some((word) => names.includes(word)) || showsSecret(value);
}
