import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './parse-fallback.ts';

const NOT_JSON = 'Unexpected token \'k\', "keel" is not valid JSON';
const IN_RETURN = { message: NOT_JSON, at: 'JSON.parse' };

fixerTable(fixer, {
  cures: [
    [
      'what is returned, by the default of the text',
      IN_RETURN,
      "function read() {\n  return new Set(JSON.parse(kept() ?? '[]'));\n}",
      "function read() {\n  try {\n    return new Set(JSON.parse(kept() ?? '[]'));\n  } catch {\n    return new Set([]);\n  }\n}",
    ],
    [
      'what a variable takes, by what is read of it',
      IN_RETURN,
      'function read(text) {\n  const rows = JSON.parse(text);\n  return rows.map(name);\n}',
      'function read(text) {\n  let rows;\n  try {\n    rows = JSON.parse(text);\n  } catch {\n    rows = [];\n  }\n  return rows.map(name);\n}',
    ],
    [
      'a variable with a type',
      IN_RETURN,
      'function read(text: string) {\n  const view: View = JSON.parse(text);\n  return view.page;\n}',
      'function read(text: string) {\n  let view: View;\n  try {\n    view = JSON.parse(text);\n  } catch {\n    view = {};\n  }\n  return view.page;\n}',
    ],
    [
      'nothing, where there is nothing to parse',
      { message: '"undefined" is not valid JSON', at: 'JSON.parse' },
      'const view = JSON.parse(text);\nshow(view.page);',
      'const view = text ? JSON.parse(text) : {};\nshow(view.page);',
    ],
    [
      'nothing, where it was seen that there was none',
      { message: 'Unexpected end of JSON input', at: 'JSON.parse', values: { row: { data: null } } },
      'show(JSON.parse(row.data).page);',
      'show((row.data ? JSON.parse(row.data) : {}).page);',
    ],
    [
      'an address',
      { message: "Failed to construct 'URL': Invalid URL", at: 'new URL' },
      'function read(text) {\n  return new URL(text);\n}',
      'function read(text) {\n  try {\n    return new URL(text);\n  } catch {\n    return null;\n  }\n}',
    ],
    [
      'an escaped text',
      { message: 'URI malformed', at: 'decode' },
      'function read(text) {\n  return decodeURIComponent(text);\n}',
      'function read(text) {\n  try {\n    return decodeURIComponent(text);\n  } catch {\n    return text;\n  }\n}',
    ],
    [
      'a selector with what an address holds',
      "Failed to execute 'querySelector' on 'Document': '#a=b' is not a valid selector.",
      "const at = document.querySelector('#' + hash);",
      "const at = document.querySelector('#' + CSS.escape(hash));",
    ],
    [
      'a selector in a template',
      "Failed to execute 'closest' on 'Element': '[data-id=a b]' is not a valid selector.",
      'const row = cell.closest(`[data-id=${id}]`);',
      'const row = cell.closest(`[data-id=${CSS.escape(id)}]`);',
    ],
    [
      'a pattern of what people type',
      'Invalid regular expression: /(/: Unterminated group',
      "const found = rows.filter((row) => new RegExp(text, 'i').test(row));",
      "const found = rows.filter((row) => new RegExp(text.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&'), 'i').test(row));",
    ],
    [
      'bytes that are none',
      {
        message: "Failed to execute 'atob' on 'Window': The string to be decoded is not correctly encoded.",
        at: 'atob',
      },
      'function read(text) {\n  const bytes = atob(text);\n  return bytes.trim();\n}',
      "function read(text) {\n  let bytes;\n  try {\n    bytes = atob(text);\n  } catch {\n    bytes = '';\n  }\n  return bytes.trim();\n}",
    ],
  ],
  leaves: [
    [
      'another error',
      { message: 'rows is not defined', at: 'JSON.parse' },
      'function read(text) {\n  return JSON.parse(text);\n}',
    ],
    [
      'what is tried already',
      IN_RETURN,
      'function read(text) {\n  try {\n    return JSON.parse(text);\n  } catch {\n    return {};\n  }\n}',
    ],
    ['another line', { message: NOT_JSON, line: 1 }, 'function read(text) {\n  return JSON.parse(text);\n}'],
    ['another parser', IN_RETURN, 'function read(text) {\n  return new URL(text); // JSON.parse\n}'],
    ['a call without text', IN_RETURN, 'function read() {\n  return JSON.parse();\n}'],
    [
      'several variables at once',
      IN_RETURN,
      'function read(text) {\n  const a = 1, b = JSON.parse(text);\n  return b;\n}',
    ],
    ['a function in between', IN_RETURN, 'function read(text) {\n  return texts.map((text) => JSON.parse(text));\n}'],
    [
      'a selector that is written there',
      "Failed to execute 'matches' on 'Element': 'a[' is not a valid selector.",
      "show(row.matches('a['));",
    ],
    [
      'a selector whose part is escaped',
      "Failed to execute 'matches' on 'Element': '#' is not a valid selector.",
      "show(row.matches('#' + CSS.escape(id)));",
    ],
    [
      'a pattern that is written there',
      'Invalid regular expression: /(/: Unterminated group',
      "show(new RegExp('('));",
    ],
    ['another call on the line', "Failed to execute 'atob' on 'Window': x", 'show(btoa(text));'],
  ],
});
