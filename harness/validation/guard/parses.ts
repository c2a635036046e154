/** Refuses patches after which a file no longer parses. */
import type { GuardRule } from './rule.ts';
import { countSyntaxErrors } from './syntax.ts';

export const rule: GuardRule = {
  id: 'parses',
  refuse({ files }) {
    const broken = files.find(
      ({ file, before, after }) => countSyntaxErrors(file, after) > countSyntaxErrors(file, before),
    );
    return broken && `${broken.file} would no longer parse.`;
  },
};
