/** The control event: an error raised on purpose in the patched app's own page and server, which must still arrive. */
import type { BaseFacts } from './case.ts';
import type { Trial } from './trial.ts';

export function withoutControls<T extends { title: string }>(seen: readonly T[], control: string): T[] {
  return seen.filter(({ title }) => !title.includes(control));
}

/** Raises the server's control event last: once it is there, whatever was sent before it is there, too. */
export async function lostControl(
  trial: Trial,
  control: string,
  base: BaseFacts,
): Promise<'browser' | 'server' | undefined> {
  if (base.controls.includes('server')) {
    const text = `${control} server`;
    await trial.raiseServerControl(text);
    if (!(await trial.waitForTitle(text))) return 'server';
  }
  if (base.controls.includes('browser') && !(await trial.waitForTitle(`${control} browser`))) return 'browser';
  return undefined;
}
