/** GitLab's jobs as they are run: each with what it extends. */
import { parse } from 'yaml';
import { z } from 'zod';

const Jobs = z.record(
  z.string(),
  z.looseObject({ extends: z.string().optional(), variables: z.looseObject({}).optional() }),
);

export function resolveExtends(text: string): Record<string, object> {
  const all = Jobs.parse(parse(text));
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, { extends: from, ...job }]) => {
      if (name.startsWith('.')) return [];
      const base = from === undefined ? {} : (all[from] ?? {});
      return [[name, { ...base, ...job, variables: { ...base.variables, ...job.variables } }]];
    }),
  );
}
