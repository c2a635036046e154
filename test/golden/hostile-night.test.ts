/** What strangers can write into events, scenarios and commits steers no report: one night in which every text is hostile. */
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { RunRecord } from '../../harness/model/run-record.ts';
import { formatHtml } from '../../harness/report/html.ts';
import { formatNightJson, NightSummary } from '../../harness/report/json.ts';
import { formatJunit } from '../../harness/report/junit.ts';
import { formatMarkdown } from '../../harness/report/markdown.ts';
import { formatSummary } from '../../harness/report/summary.ts';
import { readGolden } from './read-golden.ts';

const EVIL =
  ' </code></pre></style><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x" \' ]]> <!-- `` | [a](javascript:b) ![i](http://evil.example/p.png) \u001b[31m\u001b]0;t\u0007\u009b1m\u0000\u202e\u2066\ud800\ufffe\u{e0041} &amp; @all http://evil.example';

/** Free text of the model: everything that is neither a closed word, a number, a date nor an id. */
const FREE = new Set([
  ...['title', 'culprit', 'message', 'value', 'type', 'function', 'module', 'mechanism', 'category', 'contextLine'],
  ...['subject', 'author', 'detail', 'why', 'rationale', 'name', 'command', 'rule', 'fixer', 'notes', 'reasons'],
  ...['stack', 'expected', 'received', 'titlePath', 'project', 'text', 'errorType', 'url', 'absPath', 'failure'],
]);

function poison(value: unknown, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'diff') return value.replaceAll(/^([ +-].*)$/gm, `$1${EVIL}`);
    return FREE.has(key) ? `${value}${EVIL}` : value;
  }
  if (Array.isArray(value)) return value.map((one) => poison(one, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner, name)]));
}

const golden = readGolden();
const hostile = RunRecord.parse({ ...Object(poison(golden)), command: golden.command });

const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|[\u{e0000}-\u{e007f}]/u;

function namesOf(markup: string): string[] {
  const tags = markup.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[a-z!/][^>]*>/gi) ?? [];
  const attributes = tags.flatMap((tag) => tag.replaceAll(/"[^"]*"/g, '').split(/[\s=<>]+/));
  return [...new Set(attributes)].filter(Boolean).sort();
}

test('HTML has the same tags and attributes as a peaceful night', () => {
  expect(namesOf(formatHtml(hostile))).toEqual(namesOf(formatHtml(golden)));
});

test('HTML holds no address that a browser would load or run', () => {
  const addresses = [...formatHtml(hostile).matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, address = '']) => address);
  const own = golden.issues.map(({ permalink }) => permalink);

  expect(addresses.filter((address) => !address.startsWith('#issue-') && !own.includes(address))).toEqual([]);
});

test.each([
  ['HTML', () => formatHtml(hostile)],
  ['Markdown', () => formatMarkdown(hostile)],
  ['JSON', () => formatNightJson(hostile)],
  ['JUnit XML', () => formatJunit(hostile)],
  ['the summary', () => formatSummary(hostile, { colour: false, width: 80 })],
])('%s holds nothing that steers a terminal or a reader’s eye', (_, format) => {
  expect(STEERING.exec(format())).toBeNull();
});

test('JUnit is well-formed XML and counts every scenario', () => {
  const cases: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => cases.push(tag.name));
  parser.on('error', (error) => {
    throw error;
  });

  parser.write(formatJunit(hostile)).close();

  expect(cases.filter((name) => name === 'testcase')).toHaveLength(golden.scenarios.length);
  expect(cases.filter((name) => name === 'failure')).toHaveLength(golden.red.length);
});

test('JSON keeps the titles as they were', () => {
  const summary = NightSummary.parse(JSON.parse(formatNightJson(hostile)));

  expect(summary.issues.map(({ title }) => title)).toEqual(hostile.issues.map(({ title }) => title));
});

test('Markdown keeps strangers’ markup in code, in fences or escaped', () => {
  const outside = formatMarkdown(hostile)
    .replaceAll(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, '')
    .replaceAll(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');

  expect(outside.match(/<(?!\/?(?:details|summary|sub)>)[a-z/!]/gi)).toBeNull();
  expect(outside.match(/(?<!\\)\]\(|:\/\/|@\w/g)).toBeNull();
});
