/** One branch's pull request: opened once, updated in place, marked ready once; what people edited is left as it is. */
import { Failure } from '../../model/failure.ts';
import type { Forge, Proposal } from '../../model/forge.ts';
import { hashOf, type MarkedText, type Marks, readMarked, replaceMarked, steady, writeMarked } from './marked-text.ts';
import { quietMarkdown, quietTitle, withoutHtml } from './quiet-words.ts';

/** A branch of ours that stands on the remote. */
export interface Offer {
  readonly branch: string;
  /** Its tip. */
  readonly commit: string;
  /** Hash of what it rests on: a proposal that was closed is not opened again as long as it is the same. */
  readonly evidence: string;
  readonly title: string;
  /** The branch's page as Markdown; undefined where nothing was written tonight, so that there is nothing to update. */
  readonly page: string | undefined;
  /** Stands in for the page where the proposal has to be opened without one. */
  readonly fallback: string;
}

export interface TendTools {
  readonly forge: Forge;
  /** The branch that proposals shall be merged into; the default one where undefined. */
  readonly target: string | undefined;
  readonly labels: readonly string[];
  readonly dryRun: boolean;
}

export type Deed =
  | 'opened'
  | 'updated'
  | 'unchanged'
  | 'ready'
  | 'left-edited' // a person changed our part of the text
  | 'left-foreign' // somebody else's pull request of our branch
  | 'left-closed' // closed or merged with the same evidence
  | 'would-open'
  | 'would-update'
  | 'would-mark-ready';

export interface Tended {
  readonly branch: string;
  readonly deeds: readonly Deed[];
  /** Undefined where none is there. */
  readonly proposal: Pick<Proposal, 'number' | 'url' | 'isDraft'> | undefined;
  /** Sentences for people about what did not go well. */
  readonly troubles: readonly string[];
}

/** Room for the marks around a page, in characters. */
export const MARKS_LENGTH = 300;

/** Throws the Failures of the forge. */
export async function tendProposal(offer: Offer, tools: TendTools): Promise<Tended> {
  const found = await tools.forge.findProposal(offer.branch);
  if (found?.state === 'open') return adopt(found, offer, tools);
  if (found !== undefined && isSettled(found, offer)) return tended(offer, ['left-closed'], found);
  if (tools.dryRun) return tended(offer, ['would-open']);
  return openOrAdopt(offer, tools);
}

function tended(
  { branch }: Offer,
  deeds: readonly Deed[],
  proposal?: Proposal,
  troubles: readonly string[] = [],
): Tended {
  return { branch, deeds, proposal, troubles };
}

/** Somebody closed or merged it, and nothing that it rests on has changed since. */
export function isSettled(proposal: Proposal, { evidence, commit }: Pick<Offer, 'evidence' | 'commit'>): boolean {
  if (proposal.state === 'open') return false;
  const marked = readMarked(proposal.body);
  return marked === undefined ? proposal.commit === commit : marked.evidence === evidence;
}

async function openOrAdopt(offer: Offer, tools: TendTools): Promise<Tended> {
  const { forge, target, labels } = tools;
  const title = quietTitle(offer.title);
  const body = bodyOf(offer.page ?? offer.fallback, marksOf(offer, title, false), forge);
  let opened: Proposal;
  try {
    opened = await forge.openProposal({ branch: offer.branch, target, title, body });
  } catch (error) {
    // Another night may have been first, or the host did what it did not say.
    const found = error instanceof Failure ? await forge.findProposal(offer.branch) : undefined;
    if (found?.state !== 'open') throw error;
    return adopt(found, offer, tools);
  }
  const troubles: string[] = [];
  if (labels.length > 0) {
    try {
      await forge.labelProposal(opened, labels);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      troubles.push(`${error.message} ${error.hint ?? ''}`.trim());
    }
  }
  return tended(offer, ['opened'], opened, troubles);
}

async function adopt(found: Proposal, offer: Offer, tools: TendTools): Promise<Tended> {
  const marked = readMarked(found.body);
  if (marked === undefined || marked.kind !== 'proposal') return tended(offer, ['left-foreign'], found);
  if (marked.isEdited) return tended(offer, ['left-edited'], found);
  const deeds: Deed[] = [];
  const changes = changesOf(found, offer, { marked, forge: tools.forge });
  const isChanged = changes.title !== undefined || changes.body !== undefined;
  if (isChanged && !tools.dryRun) await tools.forge.updateProposal(found, changes);
  if (isChanged) deeds.push(tools.dryRun ? 'would-update' : 'updated');
  if (await mayBeReady(found, offer, { marked, tools })) {
    deeds.push(tools.dryRun ? 'would-mark-ready' : 'ready');
    if (!tools.dryRun) await markReady({ ...found, ...changes }, tools);
  }
  return tended(offer, deeds.length === 0 ? ['unchanged'] : deeds, {
    ...found,
    isDraft: found.isDraft && !deeds.includes('ready'),
  });
}

function changesOf(
  found: Proposal,
  offer: Offer,
  { marked, forge }: { marked: MarkedText; forge: Forge },
): { title?: string; body?: string } {
  const wanted = quietTitle(offer.title);
  const isOwnTitle = hashOf(found.title) === marked.title;
  const title = isOwnTitle && wanted !== found.title ? wanted : undefined;
  const text = offer.page === undefined ? marked.text : fitted(offer.page, forge);
  const isSame = steady(text) === marked.text && marked.evidence === offer.evidence && title === undefined;
  if (isSame) return {};
  const marks = { ...marked, evidence: offer.evidence, ...(title !== undefined && { title: hashOf(title) }) };
  const body = replaceMarked(marked, writeMarked(text, marks, forge.showsHtml));
  return { ...(title !== undefined && { title }), body };
}

/** Once only: whoever makes it a draft again has a reason. */
async function mayBeReady(
  found: Proposal,
  { commit }: Offer,
  { marked, tools }: { marked: MarkedText; tools: TendTools },
): Promise<boolean> {
  if (!found.isDraft || marked.isReady || found.commit !== commit) return false;
  return (await tools.forge.checksOf(found)) === 'green';
}

async function markReady(found: Proposal, { forge }: TendTools): Promise<void> {
  await forge.markReady(found);
  const marked = readMarked(found.body);
  if (marked === undefined) return;
  const body = replaceMarked(marked, writeMarked(marked.text, { ...marked, isReady: true }, forge.showsHtml));
  await forge.updateProposal({ ...found, isDraft: false }, { body });
}

function marksOf({ evidence }: Offer, title: string, isReady: boolean): Marks {
  return { kind: 'proposal', title: hashOf(title), evidence, isReady };
}

function bodyOf(page: string, marks: Marks, forge: Forge): string {
  return writeMarked(fitted(page, forge), marks, forge.showsHtml);
}

/** As the host takes it. */
function fitted(page: string, { bodyLimit, showsHtml }: Forge): string {
  const text = quietMarkdown(showsHtml ? page : withoutHtml(page));
  const room = bodyLimit - MARKS_LENGTH;
  if (text.length <= room) return text;
  return `${text.slice(0, text.lastIndexOf('\n', room - 2)).trimEnd()}\n…`;
}
