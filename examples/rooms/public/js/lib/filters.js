/** What the member last looked for in the list of rooms. */
const NONE = { seats: 0, equipment: [], sort: 'name' };

let current = { ...NONE };

export function readFilters() {
  return current;
}

export function changeFilters(changes) {
  current = { ...current, ...changes };
}

export function clearFilters() {
  current = { ...NONE };
}
