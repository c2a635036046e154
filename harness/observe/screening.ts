/** Screens many patches of a switched tree in one run: each scenario is registered once for each, and selects it where it runs. */
import type { BrowserContext } from '@playwright/test';

export interface Screening {
  /** A patch's number in the tree, and the titles of the scenarios that it has to turn green. */
  readonly candidates: readonly { readonly number: number; readonly titles: readonly string[] }[];
  /** Addresses of the copies of the app, one for each worker. */
  readonly apps: readonly string[];
  /** Where the harness is asked for a turn: see `openTurns`. */
  readonly turns: string;
  /** Name of the function that the tree asks. */
  readonly select: string;
}

/** Suites may put something else in its place. */
const ask = globalThis.fetch;

/** Repetition 0 is the tree without any patch. */
export function repetitionOf(number: number): number {
  return number + 1;
}

/** First without any patch: what that run does not come by, no patch of it can change. */
export function repetitionsOf({ candidates }: Screening, title: string): number[] {
  const own = candidates.filter(({ titles }) => titles.includes(title)).map(({ number }) => repetitionOf(number));
  return own.length === 0 ? [] : [0, ...own];
}

/**
 * Has the servers of this worker's app select a patch, and their data put back to where it began; false where the patch is out
 * already. Throws when they cannot.
 */
export async function takeTurn(
  screening: Screening,
  { title, repetition }: { readonly title: string; readonly repetition: number },
): Promise<boolean> {
  const answer = await tell(screening, 'take', { number: repetition - 1, title });
  if (answer.status === 410) return false;
  if (!answer.ok) throw new Error(`The app could not select its patch: ${await answer.text()}`);
  return true;
}

/**
 * `wrote`: the scenario sent something that may have changed the app's data; `asked`: the switches that its pages came by;
 * `mixed`: whether something ran in them in which the patch was not selected.
 */
export async function endTurn(
  screening: Screening,
  { title, repetition }: { readonly title: string; readonly repetition: number },
  end: { readonly wrote: boolean; readonly asked: readonly number[]; readonly mixed: boolean; readonly red: boolean },
): Promise<void> {
  await tell(screening, 'end', { number: repetition - 1, title, ...end });
}

function tell({ turns }: Screening, what: 'take' | 'end', told: object): Promise<Response> {
  const app = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
  return ask(`${turns}/${what}`, { method: 'POST', body: JSON.stringify({ app, ...told }) });
}

/** Selects a patch in every page of a context; `onAsked` is told each switch that a page comes by, once for each page. */
export function selectIn(
  context: BrowserContext,
  { select }: Screening,
  { repetition, onAsked }: { readonly repetition: number; readonly onAsked: (number: number) => void },
): void {
  const tell = `${select}Asked`;
  // Not waited for, like the scripts of watch-context.ts: whatever opens a page is asked of the same connection after them.
  void context.exposeBinding(tell, (_, number: number) => onAsked(number)).catch(() => undefined);
  void context.addInitScript(installSwitch, { select, tell, number: repetition - 1 }).catch(() => undefined);
}

/** Runs in the page. */
function installSwitch({ select, tell, number }: { select: string; tell: string; number: number }): void {
  const told = new Set<number>();
  Reflect.set(globalThis, select, (asked: number): boolean => {
    if (!told.has(asked)) Reflect.get(globalThis, tell)?.(asked);
    told.add(asked);
    return asked === number;
  });
}
