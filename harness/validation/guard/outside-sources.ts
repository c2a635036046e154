/** Refuses edits outside `app.sources`, and of tests, lock files and CI files wherever they lie. */
import type { GuardRule } from './rule.ts';

const PROTECTED =
  /(^|\/)(\.git|\.github|\.gitlab-ci\.yml|node_modules|\.mendwright|mendwright\.config\.\w+|playwright\.config\.\w+|package-lock\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock)(\/|$)|\.(spec|test)\.[cm]?[jt]sx?$/;

export const rule: GuardRule = {
  id: 'outside-sources',
  refuse({ files, isSource }) {
    for (const { file } of files) {
      const inside = !file.startsWith('/') && !file.split('/').includes('..') && !file.includes('\\');
      if (!inside || PROTECTED.test(file)) return `${file} is never a patch’s to change.`;
      if (!isSource(file)) return `${file} is not among app.sources.`;
    }
    return undefined;
  },
};
