import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './sibling-sites.ts';

const READ_NAME = "Cannot read properties of undefined (reading 'name')";

fixerTable(fixer, {
  cures: [
    ['two reads of one value', READ_NAME, 'show(o.c.name);\nshow(o.c.mail);', 'show(o.c?.name);\nshow(o.c?.mail);'],
    [
      'reads within the function alone',
      { message: READ_NAME, at: 'show(c.name' },
      'function f(c) {\n  show(c.name, c.mail);\n}\nfunction g(c) {\n  show(c.name);\n}',
      'function f(c) {\n  show(c?.name, c?.mail);\n}\nfunction g(c) {\n  show(c.name);\n}',
    ],
    [
      'reads of the whole file',
      { message: READ_NAME, at: 'show(c.name)' },
      'const f = () => {\n  show(c.name);\n};\nconst g = () => show(c.mail);',
      'const f = () => {\n  show(c?.name);\n};\nconst g = () => show(c?.mail);',
    ],
    [
      'the same member of several values',
      "Cannot read properties of undefined (reading 'length')",
      'const any = sent.length > 0 || open.length > 0;',
      'const any = sent?.length > 0 || open?.length > 0;',
    ],
    [
      'counts that are shown',
      "Cannot read properties of undefined (reading 'length')",
      'show([rule.conditions.length, rule.actions.length]);',
      'show([rule.conditions?.length ?? 0, rule.actions?.length ?? 0]);',
    ],
  ],
  leaves: [
    ['a single read', READ_NAME, 'show(o.c.name);'],
    ['reads of different values', READ_NAME, 'show(o.c.name);\nshow(o.d.mail);'],
    ['a lost this', READ_NAME, 'show(this.name);\nshow(this.mail);'],
    [
      'values that were tested',
      "Cannot read properties of undefined (reading 'length')",
      'const any = (sent && sent.length > 0) || (open && open.length > 0);',
    ],
    [
      'members of unlike values',
      "Cannot read properties of undefined (reading 'name')",
      'show(order.buyer.name, shop.name);',
    ],
  ],
});
