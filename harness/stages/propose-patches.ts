/** Suspects in, patches out: asks every fixer about every suspect, drops what does not parse or comes twice. */
import { createHash } from 'node:crypto';
import { isAbsolute, normalize } from 'node:path/posix';
import { createTwoFilesPatch } from 'diff';
import ts from 'typescript';
import { applyEdits, breaksSyntax, syntaxErrors, tokensOf } from '../kit/apply-edits.ts';
import { offersOf, sourceOf } from '../kit/ask-fixer.ts';
import { sortEdits } from '../kit/edits.ts';
import type { Alternative, AnyFixer, FixerEdit, Project } from '../kit/fixer.ts';
import { rankPatch } from '../kit/rank-patch.ts';
import { readMessage } from '../kit/read-message.ts';
import { readProject } from '../kit/read-project.ts';
import { enclosingFunction } from '../kit/syntax.ts';
import type { Evidence, Patch } from '../model/patch.ts';
import type { Skipped, StageResult } from '../model/stage-result.ts';
import type { Suspect } from '../model/suspect.ts';
import type { TypeService } from '../model/type-service.ts';

export interface ProposeTools {
  readonly fixers: readonly AnyFixer[];
  /** The file's text, or undefined when it is not among the sources. */
  readonly readSource: (file: string) => Promise<string | undefined>;
  /** Files of `app.sources`. */
  readonly listFiles: () => Promise<readonly string[]>;
  /** The app's package.json. */
  readonly readManifest?: () => Promise<string | undefined>;
  /** Types over the app's texts. */
  readonly openTypes?: (texts: ReadonlyMap<string, string>) => Promise<TypeService>;
  /** At most this many per issue, 60 where it is left out. */
  readonly limit?: number;
}

const MOST_PER_ISSUE = 60;
/** What comes later in a fixer's own order is hardly ever right. */
const MOST_PER_FIXER = 40;

/** Patches of each issue best first; issues in the order of their suspects. */
export async function proposePatches(suspects: readonly Suspect[], tools: ProposeTools): Promise<StageResult<Patch>> {
  const skipped: Skipped[] = [];
  if (suspects.length === 0) return { items: [], skipped };
  const project = await readProject(tools);
  const items: Patch[] = [];
  for (const issue of new Set(suspects.map((suspect) => suspect.issue))) {
    const own = suspects.filter((suspect) => suspect.issue === issue);
    const patches = own.flatMap((suspect) => askFixers(suspect, { tools, project, skipped }));
    const distinct = byTypes(withoutTwins(patches, project), project);
    items.push(...distinct.slice(0, tools.limit ?? MOST_PER_ISSUE));
    if (distinct.length === 0) {
      skipped.push({ subject: issue, reason: 'no-candidate', detail: 'No fixer had an idea for any of its suspects.' });
    }
  }
  return { items, skipped };
}

interface Asking {
  readonly tools: ProposeTools;
  readonly project: Project;
  readonly skipped: Skipped[];
}

function askFixers(suspect: Suspect, { tools, project, skipped }: Asking): Patch[] {
  const patches: Patch[] = [];
  for (const fixer of tools.fixers) {
    try {
      let offers = 0;
      for (const offered of offersOf(fixer, suspect, project)) {
        if (++offers > MOST_PER_FIXER) break;
        const patch = toPatch(isList(offered) ? { edits: offered } : offered, { suspect, fixer, project });
        if (patch) patches.push(patch);
      }
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      skipped.push({
        subject: fixer.id,
        reason: 'harness-failed',
        detail: `The fixer ${fixer.id} failed on ${suspect.file}: ${what}`,
      });
    }
  }
  return patches;
}

function isList(offered: Alternative | readonly FixerEdit[]): offered is readonly FixerEdit[] {
  return Array.isArray(offered);
}

function toPatch(offered: Alternative, at: { suspect: Suspect; fixer: AnyFixer; project: Project }): Patch | undefined {
  const { suspect, fixer, project } = at;
  // Written out, so that equal edits have one text and so one id.
  const named = offered.edits.map(({ file = suspect.file, start, end, text }) => ({ file, start, end, text }));
  const edits = sortEdits(named);
  const newFiles = (offered.newFiles ?? []).map(({ file, text }) => ({ file, text }));
  if (newFiles.some(({ file, text }) => !isFree(file, project) || syntaxErrors(file, text) > 0)) return undefined;
  const diffs: string[] = [];
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    const source = sourceOf(file, project);
    const after = source && applyEdits(source.text, own);
    if (source === undefined || after === undefined || after === source.text) return undefined;
    if (breaksSyntax(source, own)) return undefined;
    diffs.push(unified(file, source.text, after));
  }
  for (const { file, text } of newFiles) diffs.push(unified(file, '', text));
  if (diffs.length === 0) return undefined;
  const evidence: Evidence = {
    error: readMessage(suspect.message).kind,
    confidence: offered.confidence ?? 0.5,
    suspect: suspect.score,
    place: placeOf(edits[0], suspect, project),
    size: edits.reduce((sum, edit) => sum + edit.text.length + edit.end - edit.start, 0),
    sites: new Set(edits.map(({ file, start }) => `${file}:${lineAt(file, start, project)}`)).size,
  };
  return {
    id: createHash('sha256')
      .update(JSON.stringify([edits, newFiles]))
      .digest('hex')
      .slice(0, 12),
    issue: suspect.issue,
    suspect: suspect.id,
    fixer: fixer.id,
    title: offered.title ?? fixer.summary.replace(/^.*?: /, '').replace(/\.$/, ''),
    rationale: offered.rationale ?? fixer.summary,
    edits,
    newFiles,
    score: rankPatch(fixer.id, evidence),
    evidence,
    diff: diffs.join(''),
  };
}

function lineAt(file: string, offset: number, project: Project): number {
  return sourceOf(file, project)?.lineOf(offset) ?? 0;
}

/** Where an edit lies, seen from the suspect. */
function placeOf(
  edit: Patch['edits'][number] | undefined,
  { file, line }: Suspect,
  project: Project,
): Evidence['place'] {
  if (edit === undefined || edit.file !== file) return 'other-file';
  if (lineAt(file, edit.start, project) === line) return 'line';
  const source = project.source(file);
  const [here] = source?.findOnLine({ line }, isAnyNode, (node) => source.start(node)) ?? [];
  const fn = here && enclosingFunction(here);
  return fn && fn.pos <= edit.start && fn.end >= edit.start ? 'function' : 'file';
}

function isAnyNode(node: ts.Node): node is ts.Node {
  return node.kind !== ts.SyntaxKind.SourceFile;
}

/** A new file lies below the app's root and takes no other's place. */
function isFree(file: string, project: Project): boolean {
  return (
    normalize(file) === file && !isAbsolute(file) && !file.startsWith('..') && sourceOf(file, project) === undefined
  );
}

function unified(file: string, before: string, after: string): string {
  const text = createTwoFilesPatch(
    before === '' ? '/dev/null' : `a/${file}`,
    `b/${file}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3 },
  );
  return text.replace(/^=+\n/, '').replace(/^(---|\+\+\+) ([^\t\n]*)\t?$/gm, '$1 $2');
}

/** A patch that brings an error of types is tried after those that bring none; types may be wrong, so it stays. */
const TYPE_ERROR = 0.4;
/** Each costs a look at the files that it touches. */
const MOST_TYPED = 15;

function byTypes(patches: readonly Patch[], project: Project): Patch[] {
  const { types } = project;
  if (types === undefined) return [...patches];
  return patches
    .map((patch, index) => {
      if (index >= MOST_TYPED || types.errorsBrought(textsAfter(patch, project)).length === 0) return patch;
      return { ...patch, score: patch.score * TYPE_ERROR };
    })
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id));
}

function textsAfter({ edits }: Patch, project: Project): Map<string, string> {
  const after = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const before = sourceOf(file, project)?.text;
    const own = edits.filter((edit) => edit.file === file);
    const text = before === undefined ? undefined : applyEdits(before, own);
    if (text !== undefined) after.set(file, text);
  }
  return after;
}

/** Best first; of patches that make the same program the best one stays. */
function withoutTwins(patches: readonly Patch[], project: Project): Patch[] {
  const seen = new Set<string>();
  return [...patches]
    .sort((a, b) => b.score - a.score || a.id.localeCompare(b.id))
    .filter((patch) => {
      const key = programOf(patch, project);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

function programOf(patch: Patch, project: Project): string {
  const programs = [...textsAfter(patch, project)].map(([file, text]) => `${file}\n${tokensOf(file, text)}`);
  return createHash('sha256')
    .update(JSON.stringify([programs, patch.newFiles]))
    .digest('hex');
}
