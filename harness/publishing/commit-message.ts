/** The commit message of a branch: what was wrong, how it was proven, how to repeat the proof, and trailers for tools. */
import type { Issue } from '../model/issue.ts';
import type { Patch } from '../model/patch.ts';
import type { Suspect } from '../model/suspect.ts';
import type { Verdict } from '../model/verdict.ts';

export interface MessageParts {
  readonly branch: string;
  readonly issue: Issue;
  /** Short ids of further issues that the patch cures. */
  readonly serves: readonly string[];
  readonly patch: Patch;
  readonly verdict: Extract<Verdict, { kind: 'confirmed' }>;
  readonly suspect: Suspect | undefined;
  readonly fingerprint: string;
}

const WIDTH = 72;

/** Strangers' text is quoted on lines of its own and can forge no trailer. */
export function commitMessage({ branch, issue, serves, patch, verdict, suspect, fingerprint }: MessageParts): string {
  const subject = `fix: ${oneLine(patch.title, WIDTH - 5)}`;
  const paragraphs = [
    `Sentry issue ${oneLine(issue.shortId, 40)} says:\n\n    ${oneLine(issue.title, 200)}`,
    cause(suspect),
    wrap(patch.rationale),
    wrap(evidence(verdict)),
    `To repeat the proof: npx mendwright prove ${branch}`,
  ];
  const trailers = [
    ...[issue.shortId, ...serves].map((shortId) => `Sentry-Issue: ${oneLine(shortId, 40)}`),
    `Mendwright-Fingerprint: ${fingerprint}`,
    ...issue.scenarios.map((scenario) => `Mendwright-Scenario: ${oneLine(scenario, 300)}`),
    `Mendwright-Fixer: ${patch.fixer}`,
    `Mendwright-Patch: ${patch.id}`,
  ];
  return `${[subject, ...paragraphs.filter(Boolean), trailers.join('\n')].join('\n\n')}\n`;
}

function cause(suspect: Suspect | undefined): string {
  if (suspect === undefined) return '';
  const place = `${suspect.file}:${suspect.line}`;
  return wrap(`It comes from ${place}. ${suspect.reasons.map((reason) => oneLine(reason, 300)).join(' ')}`);
}

function evidence(verdict: MessageParts['verdict']): string {
  const checks = verdict.checks
    .filter(({ patched }) => patched === 'green')
    .map(({ command }) => oneLine(command, 100));
  const controls =
    verdict.controls.length === 0
      ? ''
      : `Errors raised on purpose in ${verdict.controls.join(' and ')} still reach Sentry.`;
  const others = `${verdict.others} other scenarios stayed green.`;
  const passed = checks.length === 0 ? '' : `Checks: ${checks.join(', ')}.`;
  const percent = verdict.pValue < 0.001 ? 'fewer than 0.1' : (verdict.pValue * 100).toFixed(1);
  const chance = `By chance that would happen in ${percent} % of cases.`;
  const strength =
    verdict.strength === 'strong'
      ? 'Without the patched value the scenario is red again.'
      : 'It was not shown that the scenario depends on the patched value: look at the patch itself.';
  return [verdict.why, chance, strength, controls, others, passed].filter(Boolean).join(' ');
}

/** Nothing that ends a line, moves a cursor or reorders text gets into a message. */
function oneLine(text: string, limit: number): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1)}…` : clean;
}

function wrap(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of oneLine(text, 2_000).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  // A line such as `Sentry-Issue: x` at the end of a paragraph would be read as a trailer.
  return [...lines, line].map((each) => each.replace(/^([A-Za-z-]+): /, '$1 : ')).join('\n');
}
