import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './network-failure.ts';

const FAILED = 'Failed to fetch';

fixerTable(fixer, {
  offers: [
    [
      'a function that returns nothing',
      { message: FAILED, line: 2 },
      'async function load() {\n  const answer = await fetch(url);\n  show(answer);\n}',
    ],
    [
      'a refusal by a number',
      { message: FAILED, line: 2 },
      "async function load() {\n  const answer = await fetch(url);\n  if (answer.status >= 400) return 'none';\n  return answer.text();\n}",
    ],
    [
      'a refusal after other questions',
      { message: FAILED, line: 2 },
      'async function load() {\n  const answer = await get(url);\n  if (late) return 1;\n  if (!answer.ok) { return null; }\n  return 2;\n}',
    ],
  ],
  cures: [
    [
      'a request whose refusal leaves the function',
      { message: FAILED, line: 2 },
      'async function load() {\n  const answer = await fetch(url);\n  if (!answer.ok) return [];\n  return answer.json();\n}',
      'async function load() {\n  let answer;\n  try {\n    answer = await fetch(url);\n  } catch {\n    return [];\n  }\n  if (!answer.ok) return [];\n  return answer.json();\n}',
    ],
    [
      'a refusal in a block, told by the status',
      { message: 'NetworkError when attempting to fetch resource.', line: 2 },
      'async function load() {\n  const answer: Response = await fetch(url);\n  if (answer.status !== 200) {\n    return null;\n  }\n  return answer.text();\n}',
      'async function load() {\n  let answer: Response;\n  try {\n    answer = await fetch(url);\n  } catch {\n    return null;\n  }\n  if (answer.status !== 200) {\n    return null;\n  }\n  return answer.text();\n}',
    ],
    [
      'a function that gives lists',
      { message: 'Load failed', line: 2 },
      'async function load(): Promise<Row[]> {\n  const answer = await fetch(url);\n  return answer.json();\n}',
      'async function load(): Promise<Row[]> {\n  let answer;\n  try {\n    answer = await fetch(url);\n  } catch {\n    return [];\n  }\n  return answer.json();\n}',
    ],
  ],
  leaves: [
    [
      'a request whose failure is caught',
      { message: FAILED, line: 3 },
      'async function load() {\n  try {\n    const answer = await fetch(url);\n    return answer;\n  } catch {\n    return null;\n  }\n}',
    ],
    [
      'a refusal that tells of the answer',
      { message: FAILED, line: 2 },
      'async function load() {\n  const answer = await fetch(url);\n  if (!answer.ok) throw new Error(answer.statusText);\n  return answer.json();\n}',
    ],
    ['another error', { message: 'answer is not defined', line: 2 }, 'async function f() {\n  const a = await g();\n}'],
    [
      'two at once',
      { message: FAILED, line: 2 },
      'async function load() {\n  const a = await fetch(b), c = 1;\n  return a;\n}',
    ],
    [
      'what is taken apart',
      { message: FAILED, line: 2 },
      'async function load() {\n  const { a } = await fetch(b);\n  return a;\n}',
    ],
    [
      'a refusal in a block with more',
      { message: FAILED, line: 2 },
      'async function load() {\n  const a = await fetch(b);\n  if (!a.ok) { log(); return 1; }\n  return a;\n}',
    ],
  ],
});
