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

/** The value says something new only where no frame does. */
function exceptionComponent(exception: Exception, stack?: Component): Component {
  const type = leaf('type', exception.type);
  const text = groupableMessage(exception.value ?? '');
  const value = leaf('value', text, text === exception.value ? null : 'what varies was replaced');
  return node('exception', [
    exception.mechanism?.synthetic === true ? ignored(type, 'made by the SDK to get a stack') : type,
    stack?.contributes === true ? ignored(value, 'the stack counts instead') : value,
    stack,
  ]);
}
