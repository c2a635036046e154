/** How many pieces of work of one kind may run beside each other; the others wait in the order in which they came. */
export type Permits = <T>(work: () => Promise<T>) => Promise<T>;

export function permits(count: number): Permits {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
