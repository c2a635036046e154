/** A pattern that an error's message matches whenever the same error occurs again. */

const VARIABLE =
  /\bhttps?:\/\/[^\s'")]+|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{16,}\b|\d+(?:\.\d+)?/gi;

/** Source of a regular expression: addresses, ids and numbers may differ, all else may not. */
export function errorPattern(message: string): string {
  const fixed = message.split(VARIABLE).map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return `^${fixed.join('\\S+?')}$`;
}
