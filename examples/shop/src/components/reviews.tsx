/** What customers say about a product. */
import type { ReviewSummary } from '../../shared/types.ts';
import { formatCount, formatDate } from '../lib/format.ts';

export function Reviews({ summary }: { summary: ReviewSummary }) {
  const { count, average, reviews } = summary;
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews</h2>
      <p>{count === 0 ? 'Nobody has reviewed this yet.' : `${average} of 5 in ${formatCount(count, 'review')}`}</p>
      {reviews.map(({ author, stars, text, on }) => (
        <blockquote key={author}>
          <p>{text}</p>
          <footer>
            {author}, {formatDate(on)}, {formatCount(stars, 'star')}
          </footer>
        </blockquote>
      ))}
    </section>
  );
}
