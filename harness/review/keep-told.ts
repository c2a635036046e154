/** Nights that were told once are kept: masking a large record takes longer than all that is made from it. */
import { type ToldNight, tellNight } from './night-view.ts';
import type { ReviewNight, ReviewTools } from './tools.ts';

const MOST = 4;

export function keepTold({ night }: Pick<ReviewTools, 'night'>): { at(run: string): ToldNight | undefined } {
  const kept = new Map<ReviewNight, ToldNight>();
  return {
    at: (run) => {
      const found = night(run);
      if (found === undefined) return undefined;
      const told = kept.get(found) ?? tellNight(found);
      kept.delete(found);
      kept.set(found, told);
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST) break;
        kept.delete(oldest);
      }
      return told;
    },
  };
}
