/** Refuses a Content-Security-Policy that lets through more than the one source that was blocked, or that is gone. */
import { surplusOf } from '../../model/surplus.ts';
import type { GuardRule } from './rule.ts';

/** Everything from everywhere, scripts from anybody, whole schemes. */
const WIDE =
  /(?<![\w.])(?:'unsafe-(?:inline|eval|hashes)'|\*(?=[\s;'"\],])|https?:(?!\/\/)|wss?:(?!\/\/)|https?:\/\/\*)/g;
const DIRECTIVE =
  /(?<![\w-])[a-z]+-src(?:-elem|-attr)?\b|\b(?:default|script|style|img|connect|font|frame|media|worker|object|manifest)Src\b/g;
const HEADER = /Content-Security-Policy|contentSecurityPolicy/gi;

export const rule: GuardRule = {
  id: 'wider-policy',
  refuse({ files }) {
    for (const { file, before, after } of files) {
      if (count(before, DIRECTIVE) + count(before, HEADER) === 0) continue;
      if (count(after, HEADER) < count(before, HEADER)) return `${file} would set no Content-Security-Policy any more.`;
      if (count(after, DIRECTIVE) < count(before, DIRECTIVE)) return `${file} would drop a directive of its policy.`;
      const [wide] = added(before, after);
      if (wide !== undefined) return `${file} would let more through than what was blocked: ${wide}`;
    }
    return undefined;
  },
};

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Wide sources in lines about directives, of which there are more than before. */
function added(before: string, after: string): string[] {
  const of = (text: string): string[] =>
    text
      .split('\n')
      .filter((line) => line.search(DIRECTIVE) !== -1)
      .flatMap((line) => line.match(WIDE) ?? []);
  return surplusOf(of(after), of(before));
}
