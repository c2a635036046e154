/** What an event's exceptions contribute together. */
import type { EventPayload } from '../event/payload.ts';
import { node } from './component.ts';
import { relevantExceptions } from './exception-groups.ts';
import { type ExceptionSides, exceptionSides } from './group-exception.ts';

/** Undefined for an event without exceptions. Those without a stack take no part in the `system` side of several. */
export function exceptionsSides(event: EventPayload): ExceptionSides | undefined {
  const relevant = relevantExceptions(event).exceptions.map((exception) => exceptionSides(exception, event.platform));
  const [first] = relevant;
  if (relevant.length < 2) return first;
  const app = relevant.map((sides) => sides.app);
  const system = relevant.flatMap((sides) => sides.system ?? []);
  return {
    app: node('chained-exception', app),
    system: system.length === 0 ? undefined : node('chained-exception', system),
  };
}
