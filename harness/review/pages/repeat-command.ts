/** The command that shows a proof again, on whatever machine has the repository. */
import type { RunRecord } from '../../model/run-record.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import { isOnlyPlanned } from '../../report/story-sentences.ts';

/** Undefined where there is no branch to repeat it on. */
export function repeatCommand({ outcome, issue, proof }: IssueStory, record: RunRecord): string | undefined {
  if (outcome?.branch === undefined || isOnlyPlanned(record) || proof === undefined) return undefined;
  const first = proof.patched[0]?.scenario ?? issue.scenarios[0];
  const ref = record.scenarios.find(({ scenario }) => scenario.id === first)?.scenario;
  if (ref === undefined) return undefined;
  const project = ref.project === '' ? '' : ` --project ${word(ref.project)}`;
  const root = record.app.root ? ` && cd ${word(record.app.root)}` : '';
  return `git switch ${word(outcome.branch)}${root} && npx playwright test ${word(`${ref.file}:${ref.line}`)}${project} --repeat-each 5`;
}

/** One word of a shell's line: names of scenarios and files are whatever people called them. */
function word(text: string): string {
  return /^[\w./:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
