/** The rooms that a member likes, kept in the browser. */
const KEY = 'harbour.favourites';

export function readFavourites() {
  return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
}

export function saveFavourites(favourites) {
  localStorage.setItem(KEY, JSON.stringify([...favourites]));
}
