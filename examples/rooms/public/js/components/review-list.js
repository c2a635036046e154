/** What members say of a room. */
import { html } from '../html.js';
import { formatDay } from '../lib/dates.js';
import { plural } from '../lib/format.js';

export function reviewList({ count, average, latest, list }) {
  if (count === 0) return html`<p>Nobody has written about this room yet.</p>`;
  return html`<p>${average.toFixed(1)} of 5, ${plural(count, 'review')}. Latest: “${latest.text}”</p>
    <ul aria-label="Reviews">
      ${list.map((review) => reviewItem(review))}
    </ul>`;
}

function reviewItem(review) {
  const author = review.author.name;
  return html`<li>${'★'.repeat(review.stars)} ${review.text} (${author}, ${formatDay(review.on)})</li>`;
}
