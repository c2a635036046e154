/** Patches in, verdicts out: the guard first, then the ladder, best patch first, until one is confirmed. */
import type { Case } from '../model/case.ts';
import type { Patch } from '../model/patch.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { type BaseFacts, SPOILT } from '../validation/case.ts';
import { type GuardContext, guardPatch } from '../validation/guard/guard.ts';
import type { Refusal } from '../validation/guard/rule.ts';
import { type Judgement, judgePatch, leastAlike } from '../validation/judge-patch.ts';
import type { JudgeTools } from '../validation/judge-tools.ts';
import { missValue } from '../validation/strength.ts';
import { type Candidate, type Screened, screenedKey } from '../validation/together/screened.ts';
import type { TrialRun } from '../validation/trial.ts';
import { withoutValue } from '../validation/without-value.ts';

export interface ValidateTools extends Omit<JudgeTools, 'others' | 'leastLikeness' | 'screened'>, GuardContext {
  /** Screens in one run what can share a tree; nothing is told of the rest. */
  readonly screenTogether: (candidates: readonly Candidate[]) => Promise<Screened>;
  readonly base: BaseFacts;
  readonly budget: { readonly candidates: number; readonly minutes: number };
  /** How many apps may run beside each other. */
  readonly slots: number;
  readonly signal: AbortSignal;
}

/** Verdicts are sorted by issue and then in the order in which the patches were proposed. */
export async function validatePatches(
  cases: readonly Case[],
  patches: readonly Patch[],
  tools: ValidateTools,
): Promise<StageResult<Verdict>> {
  const skipped: Skipped[] = [];
  const queue = sharingPatches(cases, patches);
  const verdicts: Verdict[] = [];
  const judgeOneByOne = async (group: readonly Case[]): Promise<void> => {
    for (const one of group) {
      const { shortId } = one.issue;
      if (verdicts.some((verdict) => verdict.kind === 'confirmed' && verdict.alsoCures.includes(shortId))) continue;
      const others = cases.filter(({ issue }) => issue.shortId !== shortId);
      verdicts.push(...(await judgeCase(one, patches, { ...tools, others }, skipped)));
    }
  };
  const worker = async (): Promise<void> => {
    for (let group = queue.shift(); group !== undefined; group = queue.shift()) await judgeOneByOne(group);
  };
  await Promise.all(Array.from({ length: Math.min(tools.slots, queue.length) }, worker));
  const rank = new Map(patches.map((patch, index) => [patch.id, index]));
  verdicts.sort((a, b) => a.issue.localeCompare(b.issue) || (rank.get(a.patch) ?? 0) - (rank.get(b.patch) ?? 0));
  skipped.sort((a, b) => a.subject.localeCompare(b.subject));
  return { items: verdicts, skipped };
}

/** What is asked of a patch more than once, and takes a parse of its file. */
interface Asked {
  readonly refusal: (patch: Patch) => Refusal | undefined;
  /** The patch without its value. */
  readonly without: (patch: Patch) => Patch | undefined;
}

function askOnce(tools: ValidateTools): Asked {
  return {
    refusal: oncePerPatch((patch) => guardPatch(patch, tools)),
    without: oncePerPatch((patch) => withoutValue(patch, tools.readSource)),
  };
}

function oncePerPatch<T>(ask: (patch: Patch) => T): (patch: Patch) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (patch) => {
    const { answer } = known.get(patch.id) ?? { answer: ask(patch) };
    known.set(patch.id, { answer });
    return answer;
  };
}

/** What the guard lets through, as far as the budget goes. */
function candidatesOf(
  one: Case,
  patches: readonly Patch[],
  { asked, budget }: Pick<ValidateTools, 'budget'> & { readonly asked: Asked },
): Candidate[] {
  const { shortId } = one.issue;
  const own = patches.filter((patch) => asked.refusal(patch) === undefined);
  const tried = own.slice(0, budget.candidates).map((patch): Candidate => {
    return { patch, issue: shortId, scenarios: one.scenarios };
  });
  // Asked of those alone that turn out to be green.
  const without = tried.flatMap((candidate): Candidate[] => {
    const patch = asked.without(candidate.patch);
    return patch ? [{ ...candidate, patch, after: candidate.patch.id }] : [];
  });
  return [...tried, ...without];
}

/** Cases with a patch in common, directly or by others: a cure of one is likely to cure the others, which then need no trial. */
function sharingPatches(cases: readonly Case[], patches: readonly Patch[]): Case[][] {
  const groups: { cases: Case[]; ids: Set<string> }[] = [];
  for (const one of cases) {
    const ids = new Set(patches.filter(({ issue }) => issue === one.issue.shortId).map(({ id }) => id));
    const near = groups.filter((group) => [...ids].some((id) => group.ids.has(id)));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push({
      cases: [...near.flatMap((group) => group.cases), one],
      ids: new Set([...near.flatMap((group) => [...group.ids]), ...ids]),
    });
  }
  return groups.map((group) => group.cases);
}

/** A patch after which the page is as it was at the last green run is taken at once; others wait for such a one. */
const ALIKE = 1;
/** So many green patches may wait before the most alike of them is taken. */
const MOST_WAITING = 4;
/** So many more are tried where the one that was confirmed is weak: another may be strong. */
const MOST_AFTER_WEAK = 2;
/** Pages that tell of a missing value are worth looking longer for a better one. */
const MOST_SPOILT = 10;

async function judgeCase(
  one: Case,
  patches: readonly Patch[],
  tools: Omit<JudgeTools, 'leastLikeness' | 'screened'> & ValidateTools,
  skipped: Skipped[],
): Promise<Verdict[]> {
  const own = patches.filter((patch) => patch.issue === one.issue.shortId);
  const deadline = tools.now() + tools.budget.minutes * 60_000;
  const verdicts = new Map<string, Verdict>();
  const waiting: { patch: Patch; alike: number }[] = [];
  const asked = askOnce(tools);
  let screened: Screened = new Map();
  let tried = 0;
  let afterWeak = 0;
  const judge = async (patch: Patch, leastLikeness: number): Promise<Verdict> => {
    const others = tools.others.filter((other) => mayCure(patch, other, patches));
    const { verdict, putBack } = await judgeOrExplain(one, patch, {
      ...tools,
      others,
      leastLikeness,
      screened: (other) => screened.get(screenedKey(other, one.issue.shortId)),
    });
    verdicts.set(patch.id, verdict);
    if (putBack !== undefined) waiting.push({ patch, alike: putBack });
    return verdict;
  };
  const hasConfirmed = (): boolean => [...verdicts.values()].some(({ kind }) => kind === 'confirmed');
  /** Whether nothing better is to be looked for. */
  const isSettled = (verdict: Verdict): boolean => {
    if (verdict.kind === 'confirmed' && verdict.strength === 'strong') return true;
    const wasScreened = screened.has(screenedKey({ id: verdict.patch }, one.issue.shortId));
    const isCheap = verdict.rung === 'static' || (verdict.rung === 'screen' && wasScreened);
    if (!hasConfirmed() || isCheap) return false;
    return ++afterWeak > MOST_AFTER_WEAK;
  };
  /** A better ranked one is confirmed, and it can be no stronger. */
  const isBeaten = (patch: Patch): boolean => {
    if (!hasConfirmed()) return false;
    const without = asked.without(patch);
    const runs = without && screened.get(screenedKey(without, one.issue.shortId));
    return without === undefined || (runs !== undefined && !missValue(runs));
  };
  const queue = [...own];
  for (let patch = queue.shift(); patch !== undefined; patch = queue.shift()) {
    tools.signal.throwIfAborted();
    const refusal = asked.refusal(patch);
    if (refusal) {
      verdicts.set(patch.id, refuse(one, patch, refusal));
      continue;
    }
    if (isBeaten(patch)) continue;
    if (tried >= tools.budget.candidates || tools.now() >= deadline) {
      skipped.push({
        subject: one.issue.shortId,
        reason: 'budget-spent',
        detail: `${queue.length + 1} candidates were not tried.`,
      });
      break;
    }
    tried++;
    if (isSettled(await judge(patch, ALIKE))) return [...verdicts.values()];
    const better = waiting.filter(({ alike }) => alike > SPOILT);
    if (better.length >= MOST_WAITING || waiting.length >= MOST_SPOILT) break;
    // The best one is right more often than not; of the others most are wrong, which is learnt sooner of all together.
    if (tried === 1) {
      const open = queue.filter((other) => !isBeaten(other));
      screened = await tools.screenTogether(candidatesOf(one, open, { ...tools, asked }));
      queue.push(...(await strongFirst(one, queue.splice(0), { ...tools, screened, asked })));
    }
  }
  if (hasConfirmed()) return [...verdicts.values()];
  // Stable: of equally alike ones the better ranked comes first.
  for (const { patch } of waiting.sort((a, b) => b.alike - a.alike)) {
    if ((await judge(patch, 0)).kind === 'confirmed') break;
  }
  return [...verdicts.values()];
}

/**
 * Of the first that were green together, and would be tried after each other if they turn out to be weak, one that is known
 * to be strong comes first: the others would have to step back for it.
 */
async function strongFirst(
  { issue: { shortId } }: Case,
  own: readonly Patch[],
  { screened, base, asked }: Pick<ValidateTools, 'base'> & { screened: Screened; asked: Asked },
): Promise<readonly Patch[]> {
  const runsOf = (patch: Patch): readonly TrialRun[] => screened.get(screenedKey(patch, shortId)) ?? [];
  const green: Patch[] = [];
  for (const patch of own) {
    const runs = runsOf(patch);
    if (runs.length === 0 || runs.some(({ red }) => red)) continue;
    if (((await leastAlike(runs, base)) ?? ALIKE) >= ALIKE) green.push(patch);
    if (green.length > MOST_AFTER_WEAK) break;
  }
  const strong = green.find((patch) => {
    const without = asked.without(patch);
    return without !== undefined && missValue(runsOf(without));
  });
  return strong === undefined ? own : [strong, ...own.filter((patch) => patch !== strong)];
}

/** Whether a patch touches a file that somebody would change for the other case, too. */
function mayCure(patch: Patch, { issue }: Case, patches: readonly Patch[]): boolean {
  const files = new Set(patch.edits.map(({ file }) => file));
  return patches.some((other) => other.issue === issue.shortId && other.edits.some(({ file }) => files.has(file)));
}

function refuse(one: Case, patch: Patch, refusal: Refusal): Verdict {
  const shared = { patch: patch.id, issue: one.issue.shortId, rung: 'static', why: refusal.why, seconds: 0 } as const;
  const runs = { base: [...one.base], patched: [] };
  const hides = !['outside-sources', 'parses', 'too-large'].includes(refusal.rule);
  return hides
    ? { kind: 'hides-error', ...shared, ...runs, rule: refusal.rule }
    : { kind: 'unconfirmed', ...shared, ...runs };
}

/** What goes wrong with one patch must not end the night of the others. */
async function judgeOrExplain(
  one: Case,
  patch: Patch,
  tools: JudgeTools & Pick<ValidateTools, 'base' | 'signal'>,
): Promise<Judgement> {
  const start = tools.now();
  try {
    return await judgePatch(one, patch, tools.base, tools);
  } catch (error) {
    tools.signal.throwIfAborted();
    const why = `The harness could not finish this patch: ${error instanceof Error ? error.message : String(error)}`;
    const seconds = (tools.now() - start) / 1000;
    const verdict: Verdict = {
      kind: 'errored',
      patch: patch.id,
      issue: one.issue.shortId,
      rung: 'build',
      why,
      seconds,
      base: [...one.base],
      patched: [],
    };
    return { verdict };
  }
}
