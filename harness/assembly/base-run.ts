/** The base run: the unpatched app against the configured Sentry, its whole suite, and the events that it caused. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AppTurns } from '../adapters/app/app-turns.ts';
import { startApp } from '../adapters/app/start-app.ts';
import type { Chromium } from '../adapters/playwright/find-browser.ts';
import { inFolder, runSuite } from '../adapters/playwright/run-suite.ts';
import { networkArgs } from '../adapters/relay/network-rules.ts';
import type { Relay } from '../adapters/relay/open-relay.ts';
import { symbolicateEvent } from '../adapters/sources/symbolicate.ts';
import type { Config } from '../model/config.ts';
import { isMuted } from '../model/is-muted.ts';
import type { ErrorEvent } from '../model/red.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import type { BaseRun } from '../pipeline.ts';
import { openWindow } from './event-window.ts';
import type { SentryLink } from './sentry-link.ts';
import { suspectCommitReader } from './suspect-commits.ts';

export interface BaseGround {
  readonly config: Pick<Config, 'app' | 'scenarios' | 'sentry'>;
  /** How apps come to run beside each other. */
  readonly apps: AppTurns;
  readonly worktree: (name: string) => Promise<{ dir: string; release: () => Promise<void> }>;
  readonly folder: (name: string) => string;
  readonly folderName: (name: string) => string;
  readonly link: SentryLink;
  readonly chromium: Chromium;
  readonly env: Readonly<Record<string, string>>;
  readonly release: string;
  readonly shard: string | undefined;
  /** Files of the base commit, relative to the app's root. */
  readonly files: readonly string[];
  /** Whether the app has a DSN written into it. */
  readonly mirrors: boolean;
  /** Leads browsers away from the Sentry hosts that are written into the app; undefined where there are none. */
  readonly openRelay: ((dsn: string) => Promise<Relay>) | undefined;
  readonly signal: AbortSignal;
  /** Told of each sighting and each finished scenario as it comes. */
  onSighting(sighting: Sighting, scenario: string): void;
  onScenario(run: ScenarioRun): void;
  onWait(text: string): void;
  /** Told of what concerns the suite as a whole. */
  onNote(text: string): void;
}

const ENVIRONMENT = 'mendwright';

export async function openBaseRun(ground: BaseGround): Promise<BaseRun> {
  const { config, link } = ground;
  const isRemote = config.sentry !== 'embedded';
  // A hosted Sentry takes its time to ingest; the embedded one answers only when the event is stored.
  const patience = isRemote ? { eventMs: 60_000, listMs: 30_000 } : { eventMs: 3_000, listMs: 2_000 };
  const place = await ground.worktree('base');
  const release = await ground.apps.alone();
  let relay: Relay | undefined;
  try {
    const root = join(place.dir, config.app.root);
    // What is written into the app is the configured Sentry, where one is configured.
    relay = isRemote ? undefined : await ground.openRelay?.(link.dsn);
    const browserArgs = relay && { browserArgs: networkArgs(relay) };
    const chosen = Promise.withResolvers<string>();
    const starting = startApp({
      onUrl: chosen.resolve,
      app: config.app,
      root,
      logs: ground.folder('base'),
      env: ground.env,
      sentry: {
        dsn: link.dsn,
        environment: ENVIRONMENT,
        release: ground.release,
        mirror: ground.mirrors ? link.mirror : undefined,
      },
      build: true,
      signal: ground.signal,
    });
    const window = starting.then(() => openWindow());
    window.catch(() => undefined); // Whoever waits for the app is told.
    const url = await Promise.race([chosen.promise, starting.then((app) => app.url)]);
    const { mute } = config.scenarios;
    const list = async (): Promise<ErrorEvent[]> =>
      (await link.client.listErrorEvents((await window)())).filter(({ title, url }) => !isMuted([title, url], mute));
    return {
      url,
      runSuite: async () => {
        const { runs, notes } = await runSuite({
          root,
          config: config.scenarios.config,
          baseUrl: url,
          // Playwright loads while the app is built and starts.
          until: starting,
          outputDir: ground.folder('base/suite'),
          ...(config.scenarios.grep !== undefined && { grep: config.scenarios.grep }),
          ...(ground.shard !== undefined && { shard: ground.shard }),
          mute,
          chromium: ground.chromium,
          ...browserArgs,
          env: { ...ground.env },
          signal: ground.signal,
          onSighting: ground.onSighting,
          onScenario: ground.onScenario,
        });
        for (const note of notes) ground.onNote(note);
        return runs.map((run) => inFolder(run, ground.folderName('base/suite')));
      },
      waitForEvent: (id) => link.client.waitForEvent(id, { timeoutMs: patience.eventMs }),
      listErrorEvents: async (isEnough) => {
        const deadline = performance.now() + patience.listMs;
        for (;;) {
          const events = await list();
          if (isEnough(events) || performance.now() > deadline) return events;
          await wait(isRemote ? 1_000 : 50, undefined, { signal: ground.signal });
        }
      },
      readIssue: async (id) => {
        const {
          substatus: _s,
          issueCategory: _c,
          platform: _p,
          logger: _l,
          project: _o,
          ...facts
        } = await link.client.fetchIssue(id);
        return facts;
      },
      // While the app still answers: its scripts and their maps are asked of it.
      readEvent: async (issueId, eventId) => {
        const { url: appUrl } = await starting;
        const event = await link.client.fetchEvent(issueId, eventId);
        return symbolicateEvent(event, { root, files: ground.files, appUrl, fetch });
      },
      readHashes: (id) => link.client.fetchIssueHashes(id),
      readSuspectCommits: suspectCommitReader(link.client, ground.onNote),
      isHosted: isRemote,
      reportFinding: async (finding) => {
        // Sentry's SDK takes a quarter of a second to load, and is seldom needed.
        const { reportFinding } = await import('../adapters/sentry/report-finding.ts');
        return reportFinding(finding, { dsn: link.dsn, environment: ENVIRONMENT, release: ground.release });
      },
      appUrl: url,
      progress: ground.onWait,
      close: async () => {
        const app = await starting.catch(() => undefined);
        await app?.stop();
        release();
        await relay?.close();
        await place.release();
      },
    };
  } catch (error) {
    release();
    await relay?.close();
    await place.release();
    throw error;
  }
}
