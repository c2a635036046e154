/** Runs the bad patches of seeded faults without the guard: each has to turn its scenario green, and the guard to refuse it. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { openTrial } from '../../harness/assembly/open-trial.ts';
import type { Patch } from '../../harness/model/patch.ts';
import { guardPatch } from '../../harness/validation/guard/guard.ts';
import { buildRepository, commitFault } from '../faults/build-repository.ts';
import { listExamples, readFaults } from '../faults/read-faults.ts';
import { patchOf } from '../ladder/scripted-trial.ts';
import { openGround } from '../ladder/trial-ground.ts';
import { BAD_IN_APP, type BadInApp } from './in-app.ts';

const WORK = join(import.meta.dirname, '..', '..', '.demo', 'bad-patches');

function patchOn(dir: string, { file, find, replace, name }: BadInApp): Patch {
  const text = readFileSync(join(dir, file), 'utf8');
  const start = text.indexOf(find);
  if (start === -1) throw new Error(`${name}: ${find} does not stand in ${file}`);
  const after = text.slice(0, start) + replace + text.slice(start + find.length);
  return patchOf(name.replaceAll(' ', '-'), {
    title: name,
    edits: [{ file, start, end: start + find.length, text: replace }],
    diff: createTwoFilesPatch(`a/${file}`, `b/${file}`, text, after),
  });
}

/** Lines that tell what is wrong. */
async function runFault(example: string, id: string, bad: readonly BadInApp[]): Promise<string[]> {
  const folder = listExamples().find((one) => basename(one) === example) ?? '';
  const fault = (await readFaults(folder)).find((one) => one.id === id);
  if (fault === undefined) throw new Error(`There is no fault ${id} of ${example}.`);
  const dir = join(WORK, `${example}-${id}`);
  buildRepository(folder, dir);
  commitFault(dir, fault);
  const { ground, sources, close } = await openGround(dir, { workers: 2 });
  const wrong: string[] = [];
  try {
    for (const one of bad) {
      const patch = patchOn(dir, one);
      const rule = guardPatch(patch, { isSource: sources.isSource, readSource: sources.read })?.rule;
      const trial = await openTrial(ground, 'bad', patch);
      const runs = await trial.run({});
      await trial.close();
      const own = runs.filter(({ run }) => run.scenario.titlePath.at(-1) === fault.expected.scenario);
      const isGreen = own.length > 0 && own.every(({ red }) => !red);
      const [seen] = own.flatMap(({ run }) => run.sightings);
      process.stdout.write(
        `${isGreen && rule === one.rule ? 'ok  ' : 'FAIL'} ${example}/${id}: ${one.name}: ${isGreen ? 'green' : 'RED'}, refused by ${rule ?? 'nothing'}\n`,
      );
      if (!isGreen) wrong.push(`${one.name} leaves ${id} red: ${seen?.message ?? ''}`);
      if (rule !== one.rule) wrong.push(`${one.name} of ${id} is refused by ${rule ?? 'no rule'}, not by ${one.rule}`);
    }
  } finally {
    await close();
  }
  return wrong;
}

const faults = new Map(BAD_IN_APP.map((bad) => [`${bad.example}/${bad.fault}`, bad]));
const wrong: string[] = [];
for (const { example, fault } of faults.values()) {
  wrong.push(
    ...(await runFault(
      example,
      fault,
      BAD_IN_APP.filter((bad) => bad.fault === fault),
    )),
  );
}
for (const line of wrong) process.stdout.write(`${line}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
