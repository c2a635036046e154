/** What the guard said: that it had nothing against the patch, and which others it refused, by which rule. */
import { type Html, html } from '../../markup/html-tag.ts';
import type { IssueStory } from '../../report/issue-story.ts';
import { count } from '../../report/night-words.ts';

export function guardLines({ proof, fallen }: IssueStory): Html | undefined {
  const refused = fallen.flatMap(({ verdict }) => (verdict.kind === 'hides-error' ? [verdict.rule] : []));
  if (proof === undefined && refused.length === 0) return undefined;
  const rules = [...new Set(refused)];
  return html`<section><h4>Guard</h4><ul class="proof">
${proof && html`<li><span class="yes" aria-hidden="true">✓</span><span><b>This patch:</b> no rule speaks against it</span></li>`}
${rules.length > 0 && html`<li><span class="look" aria-hidden="true">!</span><span><b>Refused:</b> ${count(refused.length, 'other candidate')}, by ${rules.map((rule, index) => html`${index > 0 && ', '}<code>${rule}</code>`)}</span></li>`}
</ul></section>`;
}
