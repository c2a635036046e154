/** Keeps Playwright's trace of a context, for scenarios that are known to be red. */
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import type { ContextPart, Recorder } from './recorder.ts';

const STOP_MS = 5_000;

/** Only the first context of an attempt is traced, and none that the suite traces by itself. */
export function traceContext(context: BrowserContext, current: () => Recorder | undefined): ContextPart {
  const recorder = current();
  if (recorder === undefined || !recorder.wantsTrace()) return { end: async () => undefined };
  recorder.isTraced = true;
  let started: Promise<boolean> | undefined = context.tracing.start({ screenshots: true, snapshots: true }).then(
    () => true,
    () => false, // The suite's own configuration asks for one.
  );
  const newPage = context.newPage.bind(context);
  context.newPage = async () => {
    await started;
    return newPage();
  };
  return {
    end: async (ending) => {
      const isStarted = (await started) === true;
      started = undefined;
      if (!isStarted) return;
      const name = `traces/${ending.test}-${ending.retry}.zip`;
      // A browser that has crashed hands nothing over, and must not hold up the scenario.
      const kept = context.tracing.stop({ path: join(ending.options.folder, name) }).then(
        () => true,
        () => false,
      );
      const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), STOP_MS).unref());
      if (await Promise.race([kept, late])) ending.trace = name;
    },
  };
}
