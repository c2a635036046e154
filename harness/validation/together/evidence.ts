/** What a screening shows of each patch while it goes on: what ran, what was passed by, and what is nobody's to tell. */
import type { Patch } from '../../model/patch.ts';
import { isErrorOfApp } from '../is-error-of-app.ts';
import type { TrialRun } from '../trial.ts';
import type { Candidate } from './screened.ts';
import type { SwitchedTree } from './switched-tree.ts';

/** Which switches servers asked; numbers of a switched tree. */
export interface ServerSwitches {
  /** Patches that a process ran. */
  readonly reached: ReadonlySet<number>;
  /** Patches and files of which a process came by. */
  readonly asked: ReadonlySet<number>;
}

/** How one scenario ended with one patch. */
export interface EndedTurn {
  /** -1 for the run without any patch. */
  readonly number: number;
  /** Title of the scenario. */
  readonly title: string;
  readonly red: boolean;
  /** The scenario sent something that may have changed the app's data. */
  readonly wrote: boolean;
  /** Switches that its pages came by. */
  readonly asked: readonly number[];
  /** Something ran in its pages in which the patch was not selected: workers, or a context of an earlier scenario. */
  readonly mixed: boolean;
}

export interface EvidenceSource {
  readonly tree: Pick<SwitchedTree, 'shared' | 'places' | 'probes'>;
  readonly candidates: readonly Candidate[];
  readonly servers: () => readonly ServerSwitches[];
  /** Whether the app's data is put back by a command of its own. */
  readonly hasReset: boolean;
}

export class ScreeningEvidence {
  readonly #source: EvidenceSource;
  /** Number of a patch -> number of the one that has to be green first. */
  readonly #first: ReadonlyMap<number, number>;
  readonly #red = new Set<number>();
  readonly #green = new Set<number>();
  readonly #reached = new Set<number>();
  /** Switches that pages came by, by the patch that was selected. */
  readonly #askedWith = new Map<number, Set<number>>();
  readonly #base = new Map<string, EndedTurn>();
  /** Those with which a copy of the app was started. */
  readonly #fresh = new Set<number>();
  readonly #once = new Set<number>();
  #hasWritten = false;
  #isMixed = false;

  constructor(source: EvidenceSource) {
    this.#source = source;
    this.#first = new Map(
      source.candidates.flatMap(({ patch, after }) =>
        after === undefined ? [] : [[this.numberOf(patch), this.#numberOf(after)]],
      ),
    );
  }

  numberOf({ id }: Patch): number {
    return this.#numberOf(id);
  }

  /** A server keeps what it makes there: patches of it run only in one that starts with them. */
  madeOnce(numbers: readonly number[]): void {
    for (const one of numbers) this.#once.add(one);
  }

  isMadeOnce(number: number): boolean {
    return this.#once.has(number);
  }

  startedWith(number: number): void {
    this.#fresh.add(number);
  }

  ended(turn: EndedTurn): void {
    if (turn.number < 0) this.#base.set(turn.title, turn);
    (turn.red ? this.#red : this.#green).add(turn.number);
    if (turn.asked.includes(turn.number)) this.#reached.add(turn.number);
    const asked = this.#askedWith.get(turn.number) ?? new Set();
    this.#askedWith.set(turn.number, asked);
    for (const one of turn.asked) asked.add(one);
    this.#isMixed ||= turn.mixed;
    this.#hasWritten ||= turn.wrote;
  }

  /** All patches that stand at one place with it: their switch is asked as one. */
  placesOf(number: number): number[] {
    return this.#source.tree.places.filter((place) => place.includes(number)).flat();
  }

  /** Of each of its places the patch whose switch is asked first: whoever comes by asks that one, whatever is selected. */
  leadsOf(number: number): number[] {
    return this.#source.tree.places.flatMap((place) => (place.includes(number) ? place.slice(0, 1) : []));
  }

  /** Whether a scenario has anything to tell of a patch that is not known by now. */
  isOpen(number: number, title: string): boolean {
    if (number < 0) return true;
    if (this.#red.has(number) && this.#hasRun(number)) return false;
    const first = this.#first.get(number);
    if (first !== undefined && (this.#red.has(first) || !this.#green.has(first))) return false;
    return !this.#isAsBefore(number, title);
  }

  /** The runs that tell how a candidate's scenarios come out; undefined where they tell nothing that can be believed. */
  runsOf(candidate: Candidate, runs: readonly TrialRun[]): TrialRun[] | undefined {
    const number = this.numberOf(candidate.patch);
    const own = candidate.scenarios.flatMap(({ id, titlePath }) => {
      const repetition = this.#isAsBefore(number, titlePath.at(-1) ?? '') ? 0 : number + 1;
      return runs.filter(({ run }) => run.repetition === repetition && run.scenario.id === id);
    });
    const isRed = own.some(({ red }) => red);
    if (own.length < candidate.scenarios.length && !isRed) return undefined;
    const asked = this.#askedWith.get(own[0]?.run.repetition === 0 ? -1 : number);
    if (!this.#hasRun(number) && !(isRed && this.#isPassedBy(number, asked))) return undefined;
    if (own.some(isCutOff)) return undefined;
    // What one candidate wrote may stand in the way of the next: then only an error of the app itself is believed.
    const isApart = this.#source.hasReset || !this.#hasWritten;
    return own.every((ran) => !ran.red || isApart || isErrorOfApp(ran)) ? own : undefined;
  }

  #numberOf(id: string): number {
    return this.#source.tree.shared.findIndex((patch) => patch.id === id);
  }

  #hasRun(number: number): boolean {
    return this.#reached.has(number) || this.#source.servers().some(({ reached }) => reached.has(number));
  }

  /** The scenario is red without any patch and did not come by this one: with it, it is the same. */
  #isAsBefore(number: number, title: string): boolean {
    const base = this.#base.get(title);
    // Started with it, the server may have made something else.
    if (base?.red !== true || this.#fresh.has(number)) return false;
    if (!this.#isPassedBy(number, this.#askedWith.get(-1))) return false;
    return !this.leadsOf(number).some((one) => base.asked.includes(one));
  }

  /**
   * Its files are loaded where patches are selected, and nowhere else: then it did not run because nobody came by. Where a
   * server came by for another patch, it may have kept what it made there.
   */
  #isPassedBy(number: number, pages: ReadonlySet<number> = new Set()): boolean {
    const isServers = (one: number): boolean => this.#source.servers().some(({ asked }) => asked.has(one));
    const { shared, probes } = this.#source.tree;
    const isLoaded = (file: string): boolean => {
      const probe = probes.get(file) ?? Number.NaN;
      return pages.has(probe) || isServers(probe);
    };
    const leads = this.leadsOf(number);
    // Of types alone: nothing that runs is changed.
    if (leads.length === 0) return true;
    if (this.#isMixed || (!this.#fresh.has(number) && leads.some(isServers))) return false;
    return (shared[number]?.edits ?? []).every(({ file }) => isLoaded(file));
  }
}

/** A page that ended with an earlier scenario, which shared it, tells nothing of this one. */
function isCutOff({ run }: TrialRun): boolean {
  return (
    !run.endedEarly && run.sightings.some(({ message }) => /page, context or browser has been closed/.test(message))
  );
}
