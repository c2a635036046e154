/** Lets the debugger look at the pages of a context, from their first script on. */
import type { BrowserContext, Page } from '@playwright/test';
import { pauseAtThrow } from './pause-at-throw.ts';
import type { Recorder } from './recorder.ts';

/** The recorder that runs when a page opens decides whether its throws are wanted, and takes them. */
export function watchThrows(context: BrowserContext, current: () => Recorder | undefined): void {
  const attached = new Map<Page, Promise<void>>();
  const attach = (page: Page): Promise<void> => {
    const wanted = current()?.wantedThrows();
    if (wanted === undefined || wanted.patterns.length === 0) return Promise.resolve();
    // A pop-up that is gone already has thrown without us.
    const attaching =
      attached.get(page) ?? pauseAtThrow(page, wanted, (state) => current()?.addThrow(state)).catch(() => undefined);
    attached.set(page, attaching);
    return attaching;
  };
  const newPage = context.newPage.bind(context);
  context.newPage = async () => {
    const page = await newPage();
    await attach(page);
    return page;
  };
  context.on('page', (page) => void attach(page));
}
