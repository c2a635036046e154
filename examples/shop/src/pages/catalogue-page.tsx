/** The catalogue: searched, narrowed and sorted; the address holds what is wanted. */
import { isSortOrder } from '../../shared/sort-order.ts';
import type { CatalogueAnswer, CatalogueQuery } from '../../shared/types.ts';
import { Loaded } from '../components/loaded.tsx';
import { ProductCard } from '../components/product-card.tsx';
import { RecentlyViewed } from '../components/recently-viewed.tsx';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { formatCount } from '../lib/format.ts';
import { navigate, useAddress } from '../router.tsx';

export function CataloguePage() {
  const address = useAddress();
  const wanted = readQuery(address.searchParams);
  const resource = useResource(address.search, () => api.products(wanted));
  return (
    <>
      <h1>Everything for the kitchen</h1>
      <SearchForm words={wanted.words ?? ''} />
      <Loaded resource={resource}>{(answer) => <Results answer={answer} wanted={wanted} />}</Loaded>
      <RecentlyViewed />
    </>
  );
}

function SearchForm({ words }: { words: string }) {
  return (
    <search>
      <form action={(form) => narrow({ words: String(form.get('words')) })}>
        <label>
          Search <input name="words" type="search" defaultValue={words} />
        </label>
        <button type="submit">Find</button>
      </form>
    </search>
  );
}

function Results({ answer, wanted }: { answer: CatalogueAnswer; wanted: CatalogueQuery }) {
  const { products, categories } = answer;
  return (
    <>
      <nav aria-label="Categories">
        <button type="button" aria-pressed={wanted.category === undefined} onClick={() => narrow({ category: '' })}>
          All
        </button>
        {categories.map(({ name, count }) => (
          <button
            type="button"
            key={name}
            aria-pressed={wanted.category === name}
            onClick={() => narrow({ category: name })}
          >
            {name} ({count})
          </button>
        ))}
      </nav>
      <label>
        Sort by{' '}
        <select value={wanted.sort ?? 'title'} onChange={(event) => narrow({ sort: event.target.value })}>
          <option value="title">Name</option>
          <option value="price-up">Price, low first</option>
          <option value="price-down">Price, high first</option>
        </select>
      </label>
      <p role="status">{products.length === 0 ? 'Nothing found' : formatCount(products.length, 'product')}</p>
      <ul className="cards" aria-label="Products">
        {products.map((product) => (
          <ProductCard key={product.slug} product={product} />
        ))}
      </ul>
    </>
  );
}

function readQuery(params: URLSearchParams): CatalogueQuery {
  const sort = params.get('sort');
  return {
    category: params.get('category') ?? undefined,
    words: params.get('words') ?? undefined,
    sort: isSortOrder(sort) ? sort : undefined,
  };
}

/** Changes part of the query; an empty value leaves it out. */
function narrow(changes: Record<string, string>): void {
  const { searchParams } = new URL(window.location.href);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') searchParams.delete(name);
    else searchParams.set(name, value);
  }
  navigate(`/?${searchParams}`);
}
