import { expect, test } from 'vitest';
import { readTraceEvents } from './read-trace.ts';

const lines = (...all: unknown[]): string => all.map((one) => JSON.stringify(one)).join('\n');

test('reads frames of old and new versions, console, errors and looks by time', () => {
  const text = lines(
    { type: 'context-options', version: 8, wallTime: 1 },
    { type: 'screencast-frame', pageId: 'p', sha1: 'old.jpeg', timestamp: 20, width: 8, height: 6 },
    { type: 'screencast-frame', pageId: 'p', file: 'resources/new.jpeg', timestamp: 10 },
    { type: 'console', messageType: 'error', text: 'boom', time: 15, pageId: 'p' },
    { type: 'event', method: 'pageError', time: 16, params: {} },
    { type: 'event', method: 'dialog', time: 17, params: {} },
    { type: 'after', callId: 'c1', endTime: 12 },
    { type: 'after', callId: 'c2', endTime: 30, error: { message: 'Timeout' } },
    { type: 'frame-snapshot', snapshot: { html: ['P', {}, 'Hi'], timestamp: 11, callId: 'c1' } },
  );

  expect(readTraceEvents(`${text}\n{"type":"console","mess`)).toEqual({
    frames: [
      { file: 'resources/new.jpeg', page: 'p', at: 10 },
      { file: 'resources/old.jpeg', page: 'p', at: 20 },
    ],
    console: [{ level: 'error', text: 'boom', at: 15 }],
    errors: [16, 30],
    looks: [{ html: ['P', {}, 'Hi'], at: 11 }],
    endedAt: 30,
  });
});

test('what is no trace shows nothing', () => {
  expect(readTraceEvents('PK not a trace')).toMatchObject({ frames: [], console: [], endedAt: 0 });
});
