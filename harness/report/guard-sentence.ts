/** What the guard said of an issue's candidates, as a sentence. */
import type { RunRecord } from '../model/run-record.ts';

/** What the guard, the rules of which each fixed thing must pass, said of this candidates. */
export function guardSentence(verdicts: RunRecord['verdicts'], proven: boolean): string {
  const refused = verdicts.flatMap((verdict) => (verdict.kind === 'hides-error' ? [verdict.rule] : []));
  const rules = [...new Set(refused)].sort();
  const passed = proven ? 'this patch broke none of its rules' : 'no patch passed';
  if (refused.length === 0) return `${passed}; no candidate was refused`;
  return `${passed}; ${refused.length} refused for ${rules.join(', ')}`;
}
