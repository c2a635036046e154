import { expect, test } from 'vitest';
import { requestGate } from './request-gate.ts';

const allowing = (limit: string) => new Headers({ 'x-sentry-rate-limit-concurrentlimit': limit });

/** So many requests, begun in order; `end` lets one of them end. */
function requests(gate: ReturnType<typeof requestGate>, count: number, signal?: AbortSignal) {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const all = Array.from({ length: count }, (_, number) =>
    gate.pass(() => {
      begun.push(number);
      return new Promise<number>((resolve) => ends.set(number, () => resolve(number)));
    }, signal),
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (number: number) => {
    ends.get(number)?.();
    await settled();
  };
  return { all, begun, end, settled };
}

test('lets so many run at once, and the others in their order', async () => {
  const { begun, end, settled } = requests(requestGate(2), 4);
  await settled();

  expect(begun).toEqual([0, 1]);
  await end(1);
  expect(begun).toEqual([0, 1, 2]);
  await end(0);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test.each([
  ['fewer than it would', '1', 1],
  ['more than it would', '25', 2],
  ['nothing that can be read', 'many', 2],
  ['none', '0', 2],
])('heeds a Sentry that allows %s', async (_, limit, expected) => {
  const gate = requestGate(2);
  gate.heed(allowing(limit));
  const { begun, settled } = requests(gate, 4);
  await settled();

  expect(begun).toHaveLength(expected);
});

test('wakes those that wait when Sentry allows more again', async () => {
  const gate = requestGate(4);
  gate.heed(allowing('1'));
  const { begun, settled } = requests(gate, 3);
  await settled();

  gate.heed(allowing('3'));
  await settled();

  expect(begun).toEqual([0, 1, 2]);
});

test('gives the place of one that failed or was stopped to the next', async () => {
  const gate = requestGate(1);
  const stop = new AbortController();
  const reason = new Error('stopped');
  const failing = gate.pass(() => Promise.reject(new Error('failed')), undefined);
  const stopped = gate.pass(() => Promise.resolve('ran'), stop.signal);
  const next = gate.pass(() => Promise.resolve('next'), undefined);
  stop.abort(reason);

  await expect(failing).rejects.toThrow('failed');
  await expect(stopped).rejects.toBe(reason);
  expect(await next).toBe('next');
});
