/** Issues in, suspects out: the places in the source where the error was thrown, passed through, or came from. */
import { createHash } from 'node:crypto';
import type { Project } from '../kit/fixer.ts';
import { readProject } from '../kit/read-project.ts';
import type { Turn } from '../localisation/find-turn.ts';
import { goneName } from '../localisation/gone-name.ts';
import {
  blameOfChanges,
  type Change,
  changedBy,
  changesOf,
  distance,
  isData,
  NEAR,
  nameOf,
  rankChanges,
  recentChanges,
} from '../localisation/rank-changes.ts';
import { commitsSuspected, type SentrySuspectTools, suspectedBySentry } from '../localisation/sentry-suspects.ts';
import { oncePerLine, type Site, sitesOf, sitesSeen, valuesAt } from '../localisation/stack-sites.ts';
import { valueAtThrow, valuesOnLine } from '../localisation/value-at-throw.ts';
import { type Origin, originsOf, routesOf } from '../localisation/value-origins.ts';
import { calledBy, otherAnswers, suspicious, weigh } from '../localisation/weigh-contrast.ts';
import type { Case } from '../model/case.ts';
import type { Issue } from '../model/issue.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import type { Commit, Hunk, SourcePosition, Suspect } from '../model/suspect.ts';

/** Paths are relative to the app's root; everything is read at the base commit. */
export interface LocaliseTools extends SentrySuspectTools {
  /** Whether a patch may touch this file. */
  isSource(file: string): boolean;
  readSource(file: string): Promise<string | undefined>;
  /** Name of the function around a line. */
  functionAt(position: { file: string; line: number }): Promise<string | undefined>;
  /** The commits that last changed these lines, newest first. */
  blame(range: { file: string; from: number; to: number }): Promise<readonly Commit[]>;
  /** The commit at which an earlier night saw the scenario green. */
  lastGreen(scenario: string): Promise<Commit | undefined>;
  /** Where it turned red, found by running it at older commits; asked where no frame leads to the app's sources. */
  findTurn(scenario: string): Promise<Turn | undefined>;
  /** Commits after `from`, newest first; the newest few where `from` is left out. */
  commitsSince(from: string | undefined): Promise<readonly Commit[]>;
  hunksOf(commit: string): Promise<readonly Hunk[]>;
  /** Files of `app.sources`. */
  listFiles(): Promise<readonly string[]>;
  /** Requests of red runs of these scenarios to the app's own server, paths only, last first. */
  requestsOf(scenarios: readonly string[]): readonly { readonly method: string; readonly path: string }[];
}

type Tools = LocaliseTools & { readonly project: Project };
type CaseSeen = Pick<Case, 'issue' | 'throws' | 'contrast'>;

/** A suspect without what all suspects of its issue share. */
type Found = SourcePosition & { score: number; reasons: string[]; values?: Record<string, unknown> };

const MOST_FRAMES = 6;
const MOST_CHANGES = 8;

/** Suspects sorted by issue, then best first; an issue without any is named in `skipped`. */
export async function localiseIssues(cases: readonly CaseSeen[], tools: LocaliseTools): Promise<StageResult<Suspect>> {
  const items: Suspect[] = [];
  const skipped: Skipped[] = [];
  if (cases.length === 0) return { items, skipped };
  const project = await readProject(tools);
  for (const one of [...cases].sort((a, b) => a.issue.shortId.localeCompare(b.issue.shortId))) {
    const suspects = await localise(one, { ...tools, project });
    items.push(...suspects);
    if (suspects.length === 0) skipped.push(noSuspect(one.issue));
  }
  return { items, skipped };
}

async function localise(one: CaseSeen, tools: Tools): Promise<Suspect[]> {
  const { issue, throws } = one;
  const thrown = issue.event.exceptions.at(-1);
  const told = await sitesOf(issue, tools);
  const sites = told.length > 0 ? told : await sitesSeen(throws, tools);
  const stack = sites.map(({ position }) => position);
  const [top] = stack;
  const blamed = top ? await tools.blame({ file: top.file, from: top.line, to: top.line }) : [];
  // One scenario is enough: it costs minutes.
  const [asked] = issue.scenarios;
  const turn = stack.length > 0 || asked === undefined ? undefined : await tools.findTurn(asked);
  const { changes, green, commits } = await recentChanges(issue, turn, tools);
  const suspected = await commitsSuspected(issue, tools);
  // Without a green run to start from, Sentry may know of an older commit than the newest few.
  const older = green ? [] : suspected.filter((one) => commits.every(({ sha }) => sha !== one.sha));
  const recent = changes.length === 0 ? await changesOf(blamed, tools) : changes;
  const further = await changesOf(
    older.filter((one) => recent.every(({ commit }) => commit.sha !== one.sha)),
    tools,
  );
  const ranked = rankChanges([...recent, ...further], stack, { blamed, suspected });
  const [guilty] = ranked;
  const shared = {
    issue: issue.shortId,
    runtime: issue.runtime,
    errorType: issue.reportedByHarness && stack.length === 0 ? '' : (thrown?.type ?? ''),
    message: thrown?.value ?? issue.event.message,
    stack,
    hunks: ranked.map(({ hunk }) => hunk).slice(0, 30),
    ...(guilty && { commit: guilty.commit }),
  };
  const past: Past = { ranked, green, blamed, suspected, sure: blameOfChanges(changes, green) };
  const onStack = await placesOnStack(one, sites, past, tools);
  const places = [...onStack];
  for (const origin of originsOfTop(one, onStack, { ...tools, changes })) addOrigin(places, origin, past);
  await addChanges(places, stack, past, tools);
  addContrast(places, one, tools);
  addPolicies(places, issue, tools);
  return places
    .map((place) => ({ ...shared, ...place, id: hash(`${issue.shortId} ${place.file}:${place.line}`) }))
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

interface Past {
  /** Likeliest first. */
  readonly ranked: readonly Change[];
  readonly green: Commit | undefined;
  readonly blamed: readonly Commit[];
  /** Those that Sentry names. */
  readonly suspected: readonly Commit[];
  readonly sure: number;
}

function isSuspected({ commit }: Change, { suspected }: Past): boolean {
  return suspected.some(({ sha }) => sha === commit.sha);
}

/** Who made the change, and whether Sentry suspects it too. */
function toldOf(change: Change, past: Past): string[] {
  return [
    changedBy(change.commit, past.green),
    ...(isSuspected(change, past) ? [suspectedBySentry(change.commit)] : []),
  ];
}

async function placesOnStack(
  { issue, throws }: CaseSeen,
  sites: readonly Site[],
  past: Past,
  tools: Tools,
): Promise<Found[]> {
  const thrown = issue.event.exceptions.at(-1);
  const inEvent = thrown?.frames.findLast(({ inApp }) => inApp)?.vars;
  const places: Found[] = [];
  for (const [index, { position, role }] of oncePerLine(sites).slice(0, MOST_FRAMES).entries()) {
    const code = (await tools.readSource(position.file))?.split('\n')[position.line - 1]?.trim().slice(0, 120) ?? '';
    const values = valuesAt(position, throws) ?? (index === 0 ? inEvent : undefined);
    const source = tools.project.source(position.file);
    const at = { ...position, message: thrown?.value ?? issue.event.message };
    const seen =
      values && (source ? valueAtThrow(source, at, { project: tools.project, values }) : valuesOnLine(code, values));
    const reasons = [`${role}: ${code}`, ...(seen ? [seen] : [])];
    const near = past.ranked.find(({ hunk }) => distance(hunk, [position]) <= NEAR);
    if (near) reasons.push(changedBy(near.commit, past.green));
    else if (index === 0 && past.blamed[0]) reasons.push(`The line was last changed by ${nameOf(past.blamed[0])}.`);
    const named = past.ranked.find((change) => change.hunk.file === position.file && isSuspected(change, past));
    if (named) reasons.push(suspectedBySentry(named.commit));
    const gone =
      index === 0 && source ? goneName(source, at, { project: tools.project, changes: past.ranked }) : undefined;
    if (gone)
      reasons.push(`\`${gone.name}\` is gone from ${gone.change.hunk.file} since ${nameOf(gone.change.commit)}.`);
    const isGuilty = past.green !== undefined && (near !== undefined || gone !== undefined);
    const own = 0.9 * 0.8 ** index + (near ? 0.08 : 0);
    const score = isGuilty ? Math.max(own, Math.min(0.97, past.sure + 0.03) - 0.01 * index) : own;
    places.push({ ...position, score, reasons, ...(values && { values }) });
  }
  return places;
}

/** Where the value came from that the throwing frame complains of. */
function originsOfTop(
  { issue }: CaseSeen,
  onStack: readonly Found[],
  { project, requestsOf, changes }: Tools & { changes: readonly Change[] },
): Origin[] {
  const [top] = onStack;
  const source = top && project.source(top.file);
  if (top === undefined || source === undefined) return [];
  const message = issue.event.exceptions.at(-1)?.value ?? issue.event.message;
  const requests = requestsOf(issue.scenarios);
  return originsOf(
    source,
    { ...top, message },
    { project, values: top.values ?? {}, stack: onStack, requests, changes },
  );
}

function addOrigin(places: Found[], { weight, reason, isSeen, ...position }: Origin, past: Past): void {
  const { ranked, green, sure } = past;
  const known = places.find(({ file, line }) => file === position.file && line === position.line);
  const change = ranked.find(({ hunk }) => distance(hunk, [position]) <= 2);
  const isGuilty = change !== undefined && green !== undefined;
  const told = isGuilty ? Math.max(0.6 * weight, Math.min(0.96, sure + 0.02) - 0.05 * (1 - weight)) : 0.6 * weight;
  const score = isSeen ? 0.975 : told;
  const reasons = [reason, ...(change ? toldOf(change, past) : [])];
  if (known === undefined) places.push({ ...position, score, reasons });
  else {
    known.reasons.push(...reasons.filter((text) => !known.reasons.includes(text)));
    known.score = Math.max(known.score, score);
  }
}

/** Changes that lie near no place yet. Where some lie on the stack, the others are less likely. */
async function addChanges(places: Found[], stack: readonly SourcePosition[], past: Past, tools: Tools): Promise<void> {
  const { ranked, sure } = past;
  const isOnStack = ranked.some(({ hunk }) => distance(hunk, stack) <= NEAR);
  for (const [index, change] of ranked.slice(0, MOST_CHANGES).entries()) {
    const { hunk } = change;
    const line = Math.max(1, hunk.newStart);
    if (places.some((place) => place.file === hunk.file && Math.abs(place.line - line) <= 2)) continue;
    if ((await tools.readSource(hunk.file)) === undefined) continue; // Deleted or renamed since.
    const name = await tools.functionAt({ file: hunk.file, line });
    const [first = '', ...more] = toldOf(change, past);
    places.push({
      file: hunk.file,
      line,
      ...(name !== undefined && { function: name }),
      score: (isOnStack || isData(change) ? 0.5 : sure) * 0.85 ** index,
      reasons: isData(change) ? [`Data that the code reads. ${first}`, ...more] : [first, ...more],
    });
  }
}

const POLICY =
  /(?<![\w-])(?:default|script|style|img|connect|font|frame|media|worker|object|manifest)-src\b|\bcontentSecurityPolicy\b/;

/** What a Content-Security-Policy blocked is mended where the policy is written. */
function addPolicies(places: Found[], issue: Issue, { project, isSource }: Tools): void {
  if (!/Content[- ]Security[- ]Policy/i.test(issue.event.exceptions.at(-1)?.value ?? issue.event.message)) return;
  for (const file of project.files()) {
    const lines = project.source(file)?.text.split('\n') ?? [];
    const line = lines.findIndex((text) => POLICY.test(text)) + 1;
    if (line === 0 || !isSource(file)) continue;
    places.push({
      file,
      line,
      score: 0.9,
      reasons: [`The policy is written here: ${lines[line - 1]?.trim().slice(0, 120)}`],
    });
  }
}

/** Where nothing was thrown, how the red run differs from good ones has to tell. */
function addContrast(places: Found[], { contrast }: CaseSeen, { project, isSource }: Tools): void {
  if (contrast === undefined) return;
  for (const place of places) {
    const { factor, reason } = weigh(place, contrast);
    place.score *= factor;
    if (reason !== undefined) place.reasons.push(reason);
  }
  const isKnown = ({ file, line, function: name }: SourcePosition): boolean =>
    places.some((one) => one.file === file && (one.line === line || (name !== undefined && one.function === name)));
  for (const { method, path } of contrast.answers) {
    const reasons = otherAnswers(contrast, { method, path });
    for (const { weight: _w, reason, ...position } of routesOf([{ method, path }], project)) {
      if (isSource(position.file) && !isKnown(position))
        places.push({ ...position, score: 0.5, reasons: [...reasons, reason] });
    }
  }
  for (const { file, line, function: name, suspicion, ...called } of suspicious(contrast, isSource)) {
    const position = { file, line, ...(name !== undefined && { function: name }) };
    if (isKnown(position)) continue;
    places.push({
      ...position,
      score: 0.4 * suspicion,
      reasons: [calledBy({ ...position, suspicion, ...called }, contrast)],
    });
  }
}

function noSuspect({ shortId, runtime, event }: Issue): Skipped {
  const files = event.exceptions.flatMap(({ frames }) => frames.map(({ file }) => file));
  const isBuilt = (file: string): boolean => /\.[cm]?js(?:\?|$)/.test(file) && !file.includes('node_modules/');
  const lacksMap = runtime === 'browser' && files.some(isBuilt);
  return {
    subject: shortId,
    reason: lacksMap ? 'no-source-map' : 'no-suspect',
    detail: lacksMap
      ? 'Its frames lead to built files without a source map: let the build write source maps.'
      : 'No frame and no recent change leads to a file of app.sources.',
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
