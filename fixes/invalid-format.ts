/** A date, a language or a number of digits is none that the engine knows: print only what can be printed. */
import ts from 'typescript';
import { withDefault, withTernary } from '../harness/kit/edits.ts';
import { type Alternative, defineFixer } from '../harness/kit/fixer.ts';
import { isGuarded } from '../harness/kit/guards.ts';
import { seenAt } from '../harness/kit/seen-values.ts';
import type { SourceText } from '../harness/kit/source-text.ts';
import { chainAround, enclosing, isAccess, nameOf, pathOf } from '../harness/kit/syntax.ts';
import { defaultFor, useOf } from '../harness/kit/uses.ts';

const NO_DATE = /Invalid time value|Invalid [Dd]ate|date value is not finite/;
const NO_LANGUAGE = /Incorrect locale information|invalid language tag/i;
const NO_DIGITS =
  /digits argument must be|precision \d* ?out of range|fractionDigits|FractionDigits value is out of range/;
const PRINTERS = /^(?:toISOString|toLocale(?:Date|Time)?String|toJSON|format|formatToParts|toTemporalInstant)$/;

export const fixer = defineFixer({
  id: 'invalid-format',
  summary: 'Date, language or digits that cannot be printed: print only what can be.',
  example: {
    message: 'Invalid time value',
    before: 'const day = new Date(order.due).toISOString();',
    after: "const day = order.due ? new Date(order.due).toISOString() : '';",
  },
  *propose(suspect, source) {
    const { message, values } = suspect;
    const calls = source.findOnLine(suspect, ts.isCallExpression, (node) => source.start(node.expression));
    for (const call of calls.slice(0, 4)) {
      const name = isAccess(call.expression) ? (nameOf(call.expression) ?? '') : '';
      if (NO_DATE.test(message) && PRINTERS.test(name)) yield* dates(source, call, values);
      if (NO_LANGUAGE.test(message) && /^toLocale/.test(name)) yield* languages(source, call);
      if (NO_DIGITS.test(message) && /^(?:toFixed|toPrecision)$/.test(name)) yield* digits(source, call);
    }
  },
});

/** `new Date(order.due).toISOString()` and `format.format(order.due)`, where there is something to print. */
function* dates(
  source: SourceText,
  call: ts.CallExpression,
  values: Parameters<typeof seenAt>[0],
): Generator<Alternative> {
  const receiver = isAccess(call.expression) ? call.expression.expression : undefined;
  const given = receiver && ts.isNewExpression(receiver) ? receiver.arguments?.[0] : call.arguments[0];
  for (const value of [given, receiver]) {
    const path = value && pathOf(source, value);
    if (value === undefined || path === undefined || path === 'this' || isGuarded(source, call, path)) continue;
    const whole = chainAround(call);
    const use = useOf(whole);
    // What is printed is text.
    const otherwise = defaultFor(use === 'array' || use === 'number' ? use : 'string', source.style.quote);
    const isDate = value === receiver;
    const test = isDate ? `!Number.isNaN(${source.textOf(value)}.getTime())` : source.textOf(value);
    const seen = seenAt(values, path);
    const asked = enclosing(call, ts.isConditionalExpression)?.condition;
    if (asked && source.textOf(asked).includes(test)) continue;
    if (isDate ? !/date|day|time|due|\bat$|on$/i.test(path) : seen === 'there') continue;
    yield {
      edits: withTernary(source, whole, { test, otherwise }),
      title: `print ${path} only where it is ${isDate ? 'a date' : 'there'}`,
      confidence: seen === 'missing' ? 0.8 : isDate ? 0.45 : 0.65,
    };
  }
}

/** `sum.toLocaleString(user.language)`: undefined is the language of the machine. */
function* languages(source: SourceText, call: ts.CallExpression): Generator<Alternative> {
  const [language] = call.arguments;
  const path = language && pathOf(source, language);
  if (language === undefined || path === undefined || path === 'undefined') return;
  const start = source.start(language);
  yield {
    edits: [{ start, end: language.getEnd(), text: `${source.textOf(language)} || undefined` }],
    title: `print in the machine's language where ${path} is none`,
    confidence: 0.7,
  };
}

function* digits(source: SourceText, call: ts.CallExpression): Generator<Alternative> {
  const [number] = call.arguments;
  const path = number && pathOf(source, number);
  if (number === undefined || path === undefined) return;
  yield {
    edits: [
      {
        start: source.start(number),
        end: number.getEnd(),
        text: `Math.min(100, Math.max(0, ${source.textOf(number)}))`,
      },
    ],
    title: `print between 0 and 100 digits`,
    confidence: 0.6,
  };
  yield { edits: withDefault(source, number, '0'), title: `print no digits where ${path} is missing`, confidence: 0.4 };
}
