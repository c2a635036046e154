/** A tag for request paths: every hole becomes exactly one path segment, or part of one. */
export function urlPath(parts: TemplateStringsArray, ...holes: readonly (string | number)[]): string {
  const encoded = holes.map((hole) => {
    const text = encodeURIComponent(String(hole));
    // A URL parser takes these for steps in the tree, encoded dots included.
    if (text === '' || text === '.' || text === '..') throw new RangeError(`"${text}" cannot be a segment of a path`);
    return text;
  });
  return parts.map((part, index) => (index === 0 ? part : `${encoded[index - 1]}${part}`)).join('');
}
