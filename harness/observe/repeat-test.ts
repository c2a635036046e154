/**
 * Registers each scenario several times in one run. Playwright's own --repeat-each gives every repetition a worker and a
 * browser of its own, which costs several times as much as the scenario. Tests of serial groups rest on each other's
 * order: they are registered once, and the caller sees that repetitions are missing.
 */

import { REPETITION } from '../model/repetition.ts';
import { callerOf, callFrom } from './call-from.ts';

type AnyFunction = (...args: unknown[]) => unknown;

let serialDepth = 0;

/** Of a title: the numbers of its repetitions, 0 for the scenario as it stands. */
export type Repetitions = (title: string) => readonly number[];

/**
 * A stand-in for a suite's `test` that registers every test once for each of its repetitions, and as it stands where it has
 * none; `test.extend` gives such a one again.
 */
export function repeatTest<T extends object>(test: T, repetitions: Repetitions): T {
  return new Proxy(test, {
    apply: function register(target, self, args: unknown[]) {
      if (!isFunction(target)) return undefined;
      const place = callerOf(register);
      const [title, ...rest] = args;
      if (typeof title !== 'string' || place === undefined) return Reflect.apply(target, self, args);
      const asked = serialDepth > 0 ? [] : repetitions(title);
      for (const nth of asked.length === 0 ? [0] : asked) {
        callFrom(place, target, self, nth === 0 ? args : [`${title}${REPETITION}${nth}`, ...rest]);
      }
      return undefined; // As Playwright's own.
    },
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (key === 'extend' && isFunction(value)) {
        return (...args: unknown[]) => {
          const extended = value.apply(target, args);
          return isFunction(extended) ? repeatTest(extended, repetitions) : extended;
        };
      }
      return key === 'describe' && isFunction(value) ? watchDescribe(value) : value;
    },
  });
}

/** Knows while the tests of a serial group are registered. */
function watchDescribe(describe: AnyFunction): AnyFunction {
  return new Proxy(describe, {
    apply(target, self, args) {
      const before = serialDepth;
      try {
        return Reflect.apply(target, self, args);
      } finally {
        serialDepth = before; // A `configure` inside concerned this group alone.
      }
    },
    get(target, key, receiver) {
      const value: unknown = Reflect.get(target, key, receiver);
      if (!isFunction(value)) return value;
      if (key === 'serial') return (...args: unknown[]) => inSerial(() => value.apply(target, args));
      if (key !== 'configure') return value;
      return (...args: unknown[]) => {
        const [options] = args;
        if (typeof options === 'object' && options !== null && Reflect.get(options, 'mode') === 'serial') serialDepth++;
        return value.apply(target, args);
      };
    },
  });
}

function inSerial<T>(register: () => T): T {
  serialDepth++;
  try {
    return register();
  } finally {
    serialDepth--;
  }
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === 'function';
}

/** The title as its author wrote it, and which repetition it is. */
export function readTitle(title: string): { title: string; repetition: number } {
  const at = title.lastIndexOf(REPETITION);
  const number = at === -1 ? Number.NaN : Number(title.slice(at + REPETITION.length));
  return Number.isInteger(number) ? { title: title.slice(0, at), repetition: number } : { title, repetition: 0 };
}
