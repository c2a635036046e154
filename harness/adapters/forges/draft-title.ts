/** Hosts that know a draft by how its title begins. */

const DRAFT = /^\s*(?:\[?(?:draft|wip)\]?:?|\((?:draft)\):?)\s+/i;

export function withoutDraft(title: string): string {
  return title.replace(DRAFT, '');
}

export function isDraftTitle(title: string): boolean {
  return DRAFT.test(title);
}
