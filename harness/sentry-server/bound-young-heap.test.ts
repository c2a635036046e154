import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = pathToFileURL(`${import.meta.dirname}/bound-young-heap.ts`).href;

/** MiB of the youngest part after a second in which much came and went, where V8 may take 192. */
function youngMib(before: string): number {
  const script = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { setImmediate as turn } from 'node:timers/promises';
    ${before}
    let kept = [];
    for (const end = performance.now() + 1000; performance.now() < end; await turn()) {
      for (let index = 0; index < 2000; index += 1) kept.push({ index, text: 'text ' + index });
      if (kept.length > 300_000) kept = [];
    }
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    console.log(young.space_size / 1024 / 1024);`;
  const args = ['--max-semi-space-size=64', '--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

test('the youngest part of the heap stays small, which it does not by itself', () => {
  expect(youngMib('')).toBeGreaterThan(32);
  expect(youngMib(`import { boundYoungHeap } from '${MODULE}'; boundYoungHeap();`)).toBeLessThanOrEqual(32);
});
