/** The page before and after, one over the other with a slider between them; without scripts they stand side by side above. */
import { type Html, html } from '../../markup/html-tag.ts';
import { pairOf } from '../../report/html/run-pair.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import type { NightView } from '../night-view.ts';

/** Undefined where one of the runs left no picture. */
export function comparePictures(story: IssueStory, { record, links }: NightView): Html | undefined {
  const pair = pairOf(story, record);
  const [before, after] = [pair?.red.screenshot, pair?.green?.screenshot].map((file) =>
    file === undefined ? undefined : links.picture(file),
  );
  if (before === undefined || after === undefined) return undefined;
  return html`<div class="compare">
<h3 id="compare">Before and after</h3>
<div class="layers"><img src="${before}" alt="The page before, red"><img class="over" src="${after}" alt="The page after, green"></div>
<label><span>Before</span><input type="range" min="0" max="100" value="50" aria-label="How much of the page after is shown, in percent"><span>After</span></label>
</div>`;
}
