/** The ways to group an event by its own content, in Sentry's order: the first that says something wins. */
import type { EventPayload } from '../event/payload.ts';
import { type Component, hasContributing, ignored, leaf, leavesOf, node } from './component.ts';
import { cspComponent } from './group-csp.ts';
import { exceptionsSides } from './group-exceptions.ts';
import { stackSides } from './group-frames.ts';
import { groupableMessage } from './parameterize.ts';

export type Side = 'app' | 'system' | 'default';
export type Sides = Partial<Record<Side, Component>>;

export interface Strategy {
  readonly name: string;
  /** Empty where the event has nothing of that kind. */
  readonly sidesOf: (event: EventPayload) => Sides;
}

export const STRATEGIES: readonly Strategy[] = [
  { name: 'exception', sidesOf: (event) => weighed(exceptionsSides(event)) },
  { name: 'threads', sidesOf: threads },
  { name: 'stack trace', sidesOf: (event) => stack(event, event.stacktrace) },
  { name: 'template', sidesOf: template },
  { name: 'csp', sidesOf: ({ csp }) => (csp === undefined ? {} : { default: cspComponent(csp) }) },
  { name: 'message', sidesOf: message },
];

/** The one thread that crashed, else the one that is current, else the only one. */
function threads(event: EventPayload): Sides {
  const all = event.threads ?? [];
  if (all.length === 0) return {};
  const chosen = [all.filter(({ crashed }) => crashed), all.filter(({ current }) => current), all];
  const thread = chosen.find((some) => some.length === 1)?.[0];
  const nothing = node('threads', []);
  if (thread === undefined) return { app: ignored(nothing, 'no single thread crashed or is current') };
  const { app, system } = stack(event, thread.stacktrace);
  if (app === undefined) return { app: ignored(nothing, 'the thread has no stack') };
  return { app: wrapped('threads', app), ...(system && { system: wrapped('threads', system) }) };
}

function stack(event: EventPayload, trace: EventPayload['stacktrace']): Sides {
  return trace === undefined || trace.frames.length === 0 ? {} : weighed(stackSides(trace.frames, event.platform));
}

function template({ template: found }: EventPayload): Sides {
  if (found === undefined) return {};
  return { default: node('template', [leaf('filename', found.filename), leaf('context-line', found.context_line)]) };
}

/** The template of the message, where the sender has one, says more than the text that came of it. */
function message({ logentry }: EventPayload): Sides {
  const own = logentry?.message ?? logentry?.formatted;
  const text = groupableMessage(own ?? '');
  const component = leaf('message', text, text === own ? null : 'what varies was replaced');
  return component === undefined ? {} : { default: component };
}

/**
 * Of two sides that are alike the app's counts. Where only one of them has a stack that counts, the other would throw
 * unlike errors together, and is left out.
 */
function weighed(sides: { readonly app: Component; readonly system: Component | undefined } | undefined): Sides {
  if (sides?.system === undefined) return sides === undefined ? {} : { app: sides.app };
  const { app, system } = sides;
  const isTwin = app.contributes && system.contributes && sameLeaves(app, system);
  const [appStack, systemStack] = [hasStack(app), hasStack(system)];
  return {
    app: appStack || !systemStack ? app : ignored(app, 'only the system side has a stack that counts'),
    system: isTwin
      ? ignored(system, 'same hash as the app side')
      : systemStack || !appStack
        ? system
        : ignored(system, 'only the app side has a stack that counts'),
  };
}

function hasStack(component: Component): boolean {
  return (component.id === 'stacktrace' && component.contributes) || hasContributing(component, 'stacktrace');
}

function sameLeaves(one: Component, other: Component): boolean {
  return leavesOf(one).join('') === leavesOf(other).join('');
}

/** Inside a thread the stack keeps its reasons, and the thread takes them over. */
function wrapped(id: string, inner: Component): Component {
  const outer = node(id, [inner]);
  return outer.contributes ? outer : ignored(outer, inner.hint ?? 'the stack does not count');
}
