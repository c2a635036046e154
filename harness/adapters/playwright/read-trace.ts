/** Reads the lines of a Playwright trace, of any version that names a frame's file as `file` or `sha1`. */
import { z } from 'zod';
import type { TraceEvents, TraceFrame } from '../../model/trace-events.ts';

const Line = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('screencast-frame'),
    pageId: z.string(),
    timestamp: z.number(),
    file: z.string().optional(),
    sha1: z.string().optional(),
  }),
  z.object({ type: z.literal('console'), messageType: z.string(), text: z.string(), time: z.number() }),
  z.object({ type: z.literal('event'), method: z.string(), time: z.number() }),
  z.object({ type: z.literal('after'), endTime: z.number(), error: z.unknown().optional() }),
  z.object({
    type: z.literal('frame-snapshot'),
    snapshot: z.object({ html: z.unknown(), timestamp: z.number() }),
  }),
]);

/** `text` is the archive's `trace.trace`. Lines of other kinds, and such as are cut off, are passed over. */
export function readTraceEvents(text: string): TraceEvents {
  const frames: TraceFrame[] = [];
  const console: TraceEvents['console'][number][] = [];
  const errors: number[] = [];
  const looks: TraceEvents['looks'][number][] = [];
  let endedAt = 0;
  for (const one of text.split('\n')) {
    const line = parseLine(one);
    if (line === undefined) continue;
    switch (line.type) {
      case 'screencast-frame': {
        const file = line.file ?? (line.sha1 === undefined ? undefined : `resources/${line.sha1}`);
        if (file !== undefined) frames.push({ file, page: line.pageId, at: line.timestamp });
        endedAt = Math.max(endedAt, line.timestamp);
        break;
      }
      case 'console':
        console.push({ level: line.messageType, text: line.text, at: line.time });
        break;
      case 'event':
        if (line.method === 'pageError') errors.push(line.time);
        break;
      case 'after':
        if (line.error !== undefined && line.error !== null) errors.push(line.endTime);
        endedAt = Math.max(endedAt, line.endTime);
        break;
      case 'frame-snapshot':
        looks.push({ html: line.snapshot.html, at: line.snapshot.timestamp });
        break;
    }
  }
  const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at;
  return {
    ...{ frames: frames.sort(byTime), console: console.sort(byTime), looks: looks.sort(byTime) },
    ...{ errors: errors.sort((a, b) => a - b), endedAt },
  };
}

function parseLine(line: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
