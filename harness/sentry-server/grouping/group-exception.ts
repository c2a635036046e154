/** What one exception contributes: its type, and its stack or else its value. */
import type { Exception } from '../event/payload.ts';
import { type Component, ignored, leaf, node } from './component.ts';
import { stackSides } from './group-frames.ts';
import { groupableMessage } from './parameterize.ts';

export interface ExceptionSides {
  readonly app: Component;
  /** Undefined where the exception came without a stack. */
  readonly system: Component | undefined;
}

export function exceptionSides(exception: Exception, platform: string | undefined): ExceptionSides {
  const frames = exception.stacktrace?.frames ?? [];
  if (frames.length === 0) return { app: exceptionComponent(exception), system: undefined };
  const { app, system } = stackSides(frames, platform);
  return { app: exceptionComponent(exception, app), system: exceptionComponent(exception, system) };
}

/** What tells one exception from another inside a group: every part of it, whether it counts or not. */
export function exceptionIdentity(exception: Exception, platform: string | undefined): string {
  const { type, value = '', mechanism, stacktrace } = exception;
  const stack = stacktrace === undefined ? undefined : stackSides(stacktrace.frames, platform);
  return JSON.stringify([type, mechanism?.synthetic, groupableMessage(value), stack]);
}

/** The value says something new only where no frame does. */
function exceptionComponent({ type, value, mechanism }: Exception, stack?: Component): Component {
  const typeLeaf = leaf('type', type);
  return node('exception', [
    mechanism?.synthetic === true ? ignored(typeLeaf, 'made by the SDK to get a stack') : typeLeaf,
    stack?.contributes === true ? ignored(leaf('value', value), 'the stack counts instead') : valueLeaf(value ?? ''),
    stack,
  ]);
}

function valueLeaf(value: string): Component | undefined {
  const text = groupableMessage(value);
  return leaf('value', text, text === value ? null : 'what varies was replaced');
}
