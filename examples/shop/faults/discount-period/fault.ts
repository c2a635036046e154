/** Lost the guard for codes that nobody knows, while codes got a last day. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'discount-period',
  title: 'An unknown discount code is looked up and read all the same',
  template: 'early-return',
  location: 'same-function',
  commit: { subject: 'Discounts: let a code end on a day' },
  edits: [
    {
      file: 'server/discounts.ts',
      find: `  minimumCents: number;
`,
      replace: `  minimumCents: number;
  /** The last day on which it is valid. */
  until?: string;
`,
    },
    {
      file: 'server/discounts.ts',
      find: `  if (rule === undefined) return undefined;
  if (subtotalCents < rule.minimumCents) return undefined;
`,
      replace: `  if (subtotalCents < rule.minimumCents || isOver(rule)) return undefined;
`,
    },
    {
      file: 'server/discounts.ts',
      find: `/** Undefined for codes that we do not know and for carts that are too small. */
`,
      replace: `function isOver({ until }: DiscountRule): boolean {
  return until !== undefined && until < new Date().toISOString().slice(0, 10);
}

/** Undefined for codes that are not valid, or not for a cart this small. */
`,
    },
    {
      file: 'server/data/discounts.json',
      find: '  "WELCOME10": {',
      replace: `  "SUMMER25": {
    "percent": 15,
    "minimumCents": 0,
    "until": "2025-08-31"
  },
  "WELCOME10": {`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a discount code is taken off, and a wrong one is refused',
    file: 'server/discounts.ts',
    line: 'if (subtotalCents < rule.minimumCents || isOver(rule)) return undefined;',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/discounts.ts',
      find: '  if (subtotalCents < rule.minimumCents ||',
      replace: `  if (rule === undefined) return undefined;
  if (subtotalCents < rule.minimumCents ||`,
    },
  ],
};
