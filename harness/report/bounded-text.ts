/** Markdown for places that take only so many bytes: parts that do not fit are left out and counted, never cut in the middle. */

export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

export interface BoundedParts {
  /** Always there. */
  readonly head: readonly string[];
  /** As many as fit, in their order; what does not fit makes way for what comes after it. */
  readonly body: readonly string[];
  /** Where something was left out; `left` is how many. */
  readonly told: (left: number) => string;
  /** Bytes. */
  readonly limit: number;
}

/** Parts joined by an empty line, ended by a line break; within the limit wherever `head` is. */
export function joinBounded({ head, body, told, limit }: BoundedParts): string {
  const whole = `${[...head, ...body].join('\n\n')}\n`;
  if (byteLength(whole) <= limit) return whole;
  const reserve = byteLength(told(body.length)) + 3;
  const kept = [...head];
  let size = head.reduce((sum, part) => sum + byteLength(part) + 2, 0);
  let left = 0;
  for (const part of body) {
    const bytes = byteLength(part) + 2;
    if (size + bytes + reserve > limit) left += 1;
    else {
      kept.push(part);
      size += bytes;
    }
  }
  return `${[...kept, told(left)].join('\n\n')}\n`;
}
