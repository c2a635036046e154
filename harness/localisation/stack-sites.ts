/** The frames of an error that lie in the app's sources, and what each has to do with it. */
import type { ExceptionValue, Issue, StackFrame } from '../model/issue.ts';
import type { SourcePosition } from '../model/suspect.ts';
import type { SeenThrow } from '../model/throw-state.ts';

/** A frame that lies in the app's sources. */
export interface Site {
  readonly position: SourcePosition;
  /** What the frame has to do with the error. */
  readonly role: string;
}

export interface SiteTools {
  /** Whether a patch may touch this file. */
  isSource(file: string): boolean;
  /** Name of the function around a line. */
  functionAt(position: { file: string; line: number }): Promise<string | undefined>;
}

/** Positions of the reported exception, throwing frame first, then those of its causes; once per line. */
export async function sitesOf({ event }: Issue, tools: SiteTools): Promise<Site[]> {
  const seen = new Map<string, Site>();
  for (const [chained, exception] of [...event.exceptions].reverse().entries()) {
    let isFirst = true;
    for (const [depth, frame] of [...exception.frames].reverse().entries()) {
      const position = await positionOf(frame, tools);
      if (position === undefined) continue;
      const way = `It is on the way to the ${chained === 0 ? 'throw' : 'cause'}`;
      const role = isFirst ? `${what(exception)} is thrown ${depth === 0 ? 'here' : 'below this call'}` : way;
      isFirst = false;
      const key = `${position.file}:${position.line}:${position.column ?? 0}`;
      if (!seen.has(key)) seen.set(key, { position, role });
    }
  }
  return [...seen.values()];
}

/** Frames that the debugger saw, for errors whose event has none that leads to a source. */
export async function sitesSeen(throws: readonly SeenThrow[], tools: SiteTools): Promise<Site[]> {
  const frames = throws.flatMap((one) => one.frames).filter(({ file }) => tools.isSource(file));
  const sites: Site[] = [];
  for (const [index, { file, line, column, function: own }] of frames.entries()) {
    const name = (await tools.functionAt({ file, line })) ?? own;
    const role = index === 0 ? 'The debugger saw it thrown here' : 'It is on the way to the throw';
    sites.push({ position: { file, line, column, ...(name !== undefined && { function: name }) }, role });
  }
  return sites;
}

/** Two calls on one line are one place to look at; the first is nearer to the throw. */
export function oncePerLine(sites: readonly Site[]): Site[] {
  const lines = new Map<string, Site>();
  for (const site of [...sites].reverse()) lines.set(`${site.position.file}:${site.position.line}`, site);
  return sites.filter((site) => lines.get(`${site.position.file}:${site.position.line}`) === site);
}

/** What the debugger saw in the frame of this place; calls may be spread over a few lines. */
export function valuesAt(
  { file, line }: SourcePosition,
  throws: readonly SeenThrow[],
): Record<string, unknown> | undefined {
  return throws.flatMap(({ frames }) => frames).find((frame) => frame.file === file && Math.abs(frame.line - line) <= 1)
    ?.values;
}

/** Undefined for frames that lead to no file of the app's sources. */
async function positionOf(frame: StackFrame, tools: SiteTools): Promise<SourcePosition | undefined> {
  const { file, line, column = 0 } = frame;
  if (line === undefined || line < 1 || !tools.isSource(file)) return undefined;
  const name = (await tools.functionAt({ file, line })) ?? frame.function;
  return { file, line, ...(column > 0 && { column }), ...(name !== undefined && { function: name }) };
}

function what({ type, value }: ExceptionValue): string {
  return `“${[type, value].filter(Boolean).join(': ').slice(0, 200)}”`;
}
