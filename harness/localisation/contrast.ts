/** Compares red runs with good ones: which functions only the red ones call, and what they are answered otherwise. */
import type { AnswerShape, CalledFunction, Contrast } from '../model/witness.ts';

/** One run: its functions in the repository's own names, and the form of its answers. */
export interface SeenRun {
  readonly called: readonly CalledFunction[];
  readonly answers: readonly AnswerShape[];
}

export interface ComparedRuns {
  readonly against: Contrast['against'];
  readonly red: readonly SeenRun[];
  readonly green: readonly SeenRun[];
}

const MOST_DIFFERENCES = 40;

export function contrastOf({ against, red, green }: ComparedRuns): Contrast {
  return {
    against,
    redRuns: red.length,
    greenRuns: green.length,
    functions: suspiciousFunctions(red, green),
    answers: otherAnswers(red, green),
  };
}

function suspiciousFunctions(red: readonly SeenRun[], green: readonly SeenRun[]): Contrast['functions'] {
  const known = new Map<string, CalledFunction>();
  for (const one of red.flatMap(({ called }) => called)) known.set(keyOf(one), one);
  const count = (runs: readonly SeenRun[], key: string): number =>
    runs.filter(({ called }) => called.some((one) => keyOf(one) === key)).length;
  return [...known]
    .map(([key, one]) => {
      const inRed = count(red, key);
      const inGreen = count(green, key);
      return { ...one, red: inRed, green: inGreen, suspicion: inRed / Math.sqrt(red.length * (inRed + inGreen)) };
    })
    .sort((a, b) => b.suspicion - a.suspicion || a.file.localeCompare(b.file) || a.line - b.line);
}

/** By name where there is one: lines move between commits. */
function keyOf({ file, line, function: name }: CalledFunction): string {
  return `${file} ${name ?? line}`;
}

function otherAnswers(red: readonly SeenRun[], green: readonly SeenRun[]): Contrast['answers'] {
  const before = typesByRoute(green);
  const found: Contrast['answers'] = [];
  for (const [route, types] of typesByRoute(red)) {
    const good = before.get(route);
    if (good === undefined) continue;
    const [method = '', path = ''] = route.split(' ');
    for (const at of new Set([...types.keys(), ...good.keys()])) {
      const seen = types.get(at) ?? new Set<string>();
      const usual = good.get(at) ?? new Set<string>();
      const isKnown = [...seen].every((type) => usual.has(type));
      // What lies in something that is missing is told by that.
      const isInside = hasOther(parentOf(at), types, good);
      if ((isKnown && seen.size > 0) || isInside || (seen.size === 0 && !types.has(parentOf(at)))) continue;
      found.push({ method, path, at, red: words(seen), green: words(usual) });
    }
  }
  return found.sort((a, b) => a.path.localeCompare(b.path) || a.at.localeCompare(b.at)).slice(0, MOST_DIFFERENCES);
}

type Types = Map<string, Set<string>>;

function hasOther(at: string, types: Types, good: Types): boolean {
  if (at === '') return false;
  const own = types.get(at);
  const usual = good.get(at);
  const isSame = own !== undefined && usual !== undefined && [...own].every((type) => usual.has(type));
  return !isSame || hasOther(parentOf(at), types, good);
}

function parentOf(at: string): string {
  return at.endsWith('[]') ? at.slice(0, -2) : at.slice(0, Math.max(0, at.lastIndexOf('.')));
}

function typesByRoute(runs: readonly SeenRun[]): Map<string, Types> {
  const routes = new Map<string, Types>();
  for (const { method, path, types } of runs.flatMap(({ answers }) => answers)) {
    const route = `${method} ${routeOf(path)}`;
    const own: Types = routes.get(route) ?? new Map();
    routes.set(route, own);
    for (const [at, seen] of Object.entries(types)) {
      const known = own.get(at) ?? new Set();
      for (const type of seen.split('|')) known.add(type);
      own.set(at, known);
    }
  }
  return routes;
}

/** Numbers and long ids in a path name one thing of many. */
function routeOf(path: string): string {
  return path
    .split('/')
    .map((part) => (/^\d+$|^[\da-f-]{16,}$/i.test(part) ? ':id' : part))
    .join('/');
}

function words(types: ReadonlySet<string>): string {
  return types.size === 0 ? 'nothing' : [...types].sort().join(' or ');
}
