/** Notes which functions of their scripts the pages of a context call, and the form of what the app's server answers them. */
import type { BrowserContext, Page, Response } from '@playwright/test';
import type { AnswerShape, CoveredScript } from '../model/witness.ts';
import coveredScript from './covered-script.cjs';
import type { ContextPart, Recorder } from './recorder.ts';
import { shapeOf } from './shape-of.ts';

const MOST_BYTES = 1_000_000;
const MOST_ANSWERS = 100;

/** For recorders whose options ask for it. Functions are counted in Chromium only. */
export function coverPages(context: BrowserContext, current: () => Recorder | undefined): ContextPart {
  const pages = new Map<Page, Promise<boolean>>();
  const answers = new Set<Promise<AnswerShape | undefined>>();
  const isChromium = context.browser()?.browserType().name() === 'chromium';
  const start = async (page: Page): Promise<void> => {
    if (!isChromium || current()?.options.compare === undefined) return;
    const starting =
      pages.get(page) ??
      page.coverage.startJSCoverage({ resetOnNavigation: false }).then(
        () => true,
        () => false, // The suite counts by itself, or the page is gone.
      );
    pages.set(page, starting);
    await starting;
  };
  const newPage = context.newPage.bind(context);
  context.newPage = async () => {
    const page = await newPage();
    await start(page); // What runs before is not counted.
    return page;
  };
  context.on('page', (page) => void start(page));
  context.on('response', (response) => {
    const recorder = current();
    if (recorder?.options.compare === undefined || answers.size >= MOST_ANSWERS) return;
    const type = response.request().resourceType();
    if ((type === 'fetch' || type === 'xhr') && recorder.isApp(response.url())) answers.add(readShape(response));
  });
  return {
    end: async (recorder) => {
      const counted = [...pages];
      const shapes = [...answers];
      pages.clear();
      answers.clear();
      for (const [page, started] of counted) {
        if (!page.isClosed() && (await started)) recorder.addWitness({ covered: await calledOn(page) });
      }
      recorder.addWitness({ answers: (await Promise.all(shapes)).filter((one) => one !== undefined) });
    },
  };
}

async function calledOn(page: Page): Promise<CoveredScript[]> {
  const entries = await page.coverage.stopJSCoverage().catch(() => []); // It may close meanwhile.
  return entries.flatMap((entry) => coveredScript(entry));
}

/** Undefined for what is no JSON, too large, or gone with its page. */
async function readShape(response: Response): Promise<AnswerShape | undefined> {
  if (!/\bjson\b/.test(response.headers()['content-type'] ?? '')) return undefined;
  const body = await response.body().catch(() => undefined);
  if (body === undefined || body.byteLength > MOST_BYTES) return undefined;
  try {
    const path = URL.parse(response.url())?.pathname ?? '';
    return { method: response.request().method(), path, types: shapeOf(JSON.parse(body.toString('utf8'))) };
  } catch {
    return undefined; // It only says that it is JSON.
  }
}
