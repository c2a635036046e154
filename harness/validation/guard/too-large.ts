/** Refuses patches larger than a reviewer reads in two minutes. */
import type { GuardRule } from './rule.ts';
import { isRevert } from './rule.ts';

/** The median fix of a Sentry error changes 4 lines; 60 leaves room for one edit at many sibling sites. */
const MOST_LINES = 60;

export const rule: GuardRule = {
  id: 'too-large',
  refuse({ patch }) {
    if (isRevert(patch)) return undefined;
    const changed = patch.diff.split('\n').filter((line) => /^[+-](?![+-]{2} )/.test(line)).length;
    return changed > MOST_LINES ? `It changes ${changed} lines; at most ${MOST_LINES} are reviewable.` : undefined;
  },
};
