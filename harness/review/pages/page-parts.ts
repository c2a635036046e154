/** Pictures and traces in the review's pages: linked where they lie, never carried along. */
import { html } from '../../markup/html-tag.ts';
import type { PageParts } from '../../report/html/run-pair.ts';
import type { NightView } from '../night-view.ts';

export function partsOf({ links, filmOf }: Pick<NightView, 'links' | 'filmOf'>): PageParts {
  return {
    pictures: {
      show: (file, title, alt) => {
        const link = file === undefined ? undefined : links.picture(file);
        if (link === undefined) return undefined;
        return html`<figure><a href="${link}"><img src="${link}" alt="${alt}" loading="lazy"></a><figcaption>${title}</figcaption></figure>`;
      },
    },
    filmOf,
    trace: (file) => {
      if (file === undefined) return undefined;
      const link = links.trace(file);
      // Traces are shown by Playwright's viewer, in an origin of its own: they hold the app's pages.
      return html`<p class="small">${link && html`<a href="${link}" target="_blank" rel="noopener">Open the trace</a>${links.canShowTraces ? ' ' : ' where this folder is served over http, or '}`}<code>npx playwright show-trace ${file}</code></p>`;
    },
  };
}
