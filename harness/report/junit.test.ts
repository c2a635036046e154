import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { formatJunit } from './junit.ts';

interface Rule {
  /** Attributes that must be there, and those that may. */
  readonly must: readonly string[];
  readonly may: readonly string[];
  /** Undefined: text alone. */
  readonly inside: readonly string[] | undefined;
}

/** What junit-10.xsd, against which Jenkins' xUnit plugin checks each file, lets stand where, for the elements that we write. */
const RULES: Readonly<Record<string, Rule>> = {
  testsuites: { must: [], may: ['name', 'time', 'tests', 'failures', 'errors'], inside: ['testsuite'] },
  testsuite: {
    must: ['name', 'tests', 'failures', 'errors'],
    may: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    inside: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { must: [], may: [], inside: ['property'] },
  property: { must: ['name', 'value'], may: [], inside: [] },
  testcase: {
    must: ['name'],
    may: ['time', 'classname', 'group'],
    inside: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { must: [], may: ['type', 'message'], inside: undefined },
  skipped: { must: [], may: ['type', 'message'], inside: undefined },
  'system-out': { must: [], may: [], inside: undefined },
};

/** Breaches of the rules, each as a sentence. */
function breaches(xml: string): string[] {
  const found: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => void found.push(error.message));
  parser.on('opentag', ({ name, attributes }) => {
    const parent = open.at(-1);
    const rule = RULES[name];
    open.push(name);
    if (parent === undefined ? name !== 'testsuites' : !RULES[parent]?.inside?.includes(name)) {
      found.push(`${name} in ${parent}`);
    }
    const names = Object.keys(attributes);
    for (const must of rule?.must ?? []) if (!names.includes(must)) found.push(`${name} without ${must}`);
    for (const one of names) {
      if (rule !== undefined && ![...rule.must, ...rule.may].includes(one)) found.push(`${name} with ${one}`);
      if (one === 'time' && !/^\d*(?:\.\d*)?$/.test(String(attributes[one]))) found.push(`time ${attributes[one]}`);
    }
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    const name = open.at(-1);
    if (text.trim() !== '' && (name === undefined || RULES[name]?.inside !== undefined)) found.push(`text in ${name}`);
  });
  parser.write(xml).close();
  return found;
}

const golden = readGolden();
const [run, ...rest] = golden.scenarios;
const skipped =
  run === undefined ? golden : { ...golden, red: [], scenarios: [{ ...run, status: 'skipped' as const }, ...rest] };

test.each([
  ['the kept night', golden],
  ['a night with a skipped scenario', skipped],
  ['a night without scenarios', { ...golden, scenarios: [], red: [], flaky: [] }],
])('keeps to the schema that Jenkins checks: %s', (_, record) => {
  expect(breaches(formatJunit(record))).toEqual([]);
});

test.each([
  [
    'an unknown attribute',
    '<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase name="b" line="3"/></testsuite></testsuites>',
    ['testcase with line'],
  ],
  [
    'a missing one',
    '<testsuites><testsuite name="a" tests="1" failures="0"/></testsuites>',
    ['testsuite without errors'],
  ],
  ['an element in the wrong place', '<testsuites><testcase name="a"/></testsuites>', ['testcase in testsuites']],
  ['text in the wrong place', '<testsuites>hello</testsuites>', ['text in testsuites']],
  ['a time in words', '<testsuites time="soon"/>', ['time soon']],
])('the rules find %s', (_, xml, expected) => {
  expect(breaches(xml)).toEqual(expected);
});
