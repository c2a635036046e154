/** The list of a page's keys, and the button that shows it: the script of `keys.ts` makes both work. */
import { type Html, html } from './html-tag.ts';

export const SHOW_KEYS = html`<button type="button" class="quiet" id="show-keys" aria-keyshortcuts="?" aria-haspopup="dialog" hidden>Keys <kbd>?</kbd></button>`;

/** Each row: the keys that do it, and what they do. */
export function keysDialog(rows: readonly (readonly [keys: readonly string[], does: string])[]): Html {
  return html`<dialog id="keys" aria-labelledby="keys-title">
<h2 id="keys-title">Keys</h2>
<table><thead class="unseen"><tr><th scope="col">Key</th><th scope="col">Does</th></tr></thead><tbody>
${rows.map(([names, does]) => key(names, does))}
</tbody></table>
<p><label><input type="checkbox" id="keys-on" checked> Single keys do this outside of fields</label></p>
<form method="dialog"><button>Close</button></form>
</dialog>`;
}

const key = (names: readonly string[], does: string): Html =>
  html`<tr><th scope="row">${names.map((name, index) => html`${index > 0 && ' or '}<kbd>${name}</kbd>`)}</th><td>${does}</td></tr>`;
