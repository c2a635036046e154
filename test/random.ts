/** Numbers that look random and are the same for the same seed. */

export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** From 0 up to, but not including, `below`. */
  int(below: number): number;
  /** One of them; the list must not be empty. */
  pick<T>(from: readonly T[]): T;
  chance(of: number): boolean;
}

/** Mulberry32, by Tommy Ettinger, in the public domain. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    next,
    int,
    pick: (from) => {
      for (const found of from.slice(int(from.length))) return found;
      throw new RangeError('nothing to pick from');
    },
    chance: (of) => next() < of,
  };
}
