/** What all pages of the review have in common: head, banner, list of keys, scripts. */
import { type Html, html } from '../../markup/html-tag.ts';
import { keysDialog, SHOW_KEYS } from '../../markup/keys-dialog.ts';
import { assets } from '../assets.ts';
import type { Links } from '../links.ts';

/** Where a page is shown: on a server that acts, or from a folder that cannot. */
export interface Place {
  readonly links: Pick<Links, 'asset'>;
  /** What the page's script sends along to be believed; undefined in a folder, and before anyone has signed in. */
  readonly pageToken: string | undefined;
  readonly isDryRun: boolean;
}

export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Left of the button that shows the keys. */
  readonly banner?: Html | undefined;
  /** Into the head. */
  readonly head?: Html | undefined;
}

/** No policy by header where there is no server: what a folder's pages may do stands in them. */
export const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

export function formatPage({ title, main, banner, head }: Page, place: Place): string {
  const { links, pageToken, isDryRun } = place;
  const isServed = pageToken !== undefined;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${!isServed && html`<meta http-equiv="Content-Security-Policy" content="${POLICY}">`}
<title>${title} · Mendwright</title>
<link rel="stylesheet" href="${links.asset(assets.style.name)}">
<link rel="icon" href="${links.asset(assets.icon.name)}" type="image/svg+xml">
<script src="${links.asset(assets.reading.name)}" defer></script>
${isServed && html`<meta name="page-token" content="${pageToken}"><script type="module" src="${links.asset(assets.acting.name)}"></script>`}
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">${banner}${SHOW_KEYS}</header>
${isDryRun && html`<p class="dry small" role="note">Dry run: approving and rejecting only say what they would do.</p>`}
<main id="main" tabindex="-1">
${main}
</main>
${KEYS}
</body>
</html>
`;
  return page.toString();
}

const KEYS = keysDialog([
  [['j'], 'next issue'],
  [['k'], 'previous issue'],
  [['Enter', 'o'], 'open the issue that has the focus'],
  [['u'], 'back to the night'],
  [['a'], 'approve the branch'],
  [['r'], 'reject it, with the reason'],
  [['e'], 'open the place in the editor'],
  [['c'], 'copy the command that repeats the proof'],
  [['s'], 'diff in one column or two'],
  [['?'], 'show these keys'],
]);
