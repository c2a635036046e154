/** A text with what differs between two occurrences of one error taken out. */

/** Addresses, ids and numbers become `<url>`, `<uuid>`, `<hex>`, `<n>`. */
export function withoutVariables(text: string): string {
  return text
    .replace(/\bhttps?:\/\/[^\s'")]+/g, '<url>')
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<uuid>')
    .replace(/\b[0-9a-f]{16,}\b/gi, '<hex>')
    .replace(/\d+(?:\.\d+)?/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim();
}
