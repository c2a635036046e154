/** What the command lines and the MCP server look at: one of everything from the real @sentry/node, and a replay. */
import { deflateSync } from 'node:zlib';
import { z } from 'zod';
import type { Ground } from './ground.ts';
import { Sent } from './read-back.ts';
import { runCommand } from './run-command.ts';
import { nodeAppCommand } from './server-sdks.ts';

export interface Seed extends Omit<Sent, 'trace' | 'attached'> {
  readonly trace: string;
  readonly attached: string;
  readonly monitor: string;
  readonly replay: string;
  /** Of `error`. */
  readonly issueId: string;
  readonly shortId: string;
}

export async function seed(ground: Ground, client: string): Promise<Seed> {
  const { code, stdout, stderr } = await runCommand(nodeAppCommand('@sentry/node', client), {
    env: { CLIENT_DSN: ground.dsn },
  });
  if (code !== 0) throw new Error(`the seeding app ended with ${code}: ${stderr}`);
  const sent = Sent.parse(JSON.parse(stdout));
  const { org, project } = ground;
  const { groupID } = await ground.read(
    `/projects/${org}/${project}/events/${sent.error}/`,
    z.object({ groupID: z.string() }),
  );
  const { shortId } = await ground.read(`/organizations/${org}/issues/${groupID}/`, z.object({ shortId: z.string() }));
  const { trace = '', attached = '', monitors: [monitor] = [] } = sent;
  const replay = crypto.randomUUID().replaceAll('-', '');
  await sendReplay(ground, replay, { trace, error: sent.error, client });
  return { ...sent, trace, attached, replay, monitor: monitor?.slug ?? '', issueId: groupID, shortId };
}

/** A replay of one segment whose page shows nothing. */
async function sendReplay(ground: Ground, id: string, about: { trace: string; error: string; client: string }) {
  const now = Date.now();
  const event = {
    type: 'replay_event',
    replay_id: id,
    event_id: id,
    segment_id: 0,
    replay_type: 'session',
    replay_start_timestamp: now / 1000 - 5,
    timestamp: now / 1000,
    urls: ['https://shop.example.org/cart'],
    error_ids: [about.error],
    trace_ids: [about.trace],
    platform: 'javascript',
    release: about.client,
    environment: 'clients',
    sdk: { name: 'sentry.javascript.browser', version: '11.12.0' },
  };
  const document = { type: 0, childNodes: [], id: 1 };
  const recording = [
    { type: 4, timestamp: now - 5000, data: { href: 'https://shop.example.org/cart', width: 800, height: 600 } },
    { type: 2, timestamp: now - 5000, data: { node: document, initialOffset: { left: 0, top: 0 } } },
  ];
  const payload = Buffer.concat([Buffer.from('{"segment_id":0}\n'), deflateSync(JSON.stringify(recording))]);
  const head = [
    JSON.stringify({ event_id: id }),
    JSON.stringify({ type: 'replay_event' }),
    JSON.stringify(event),
    JSON.stringify({ type: 'replay_recording', length: payload.byteLength }),
  ].join('\n');
  const key = new URL(ground.dsn).username;
  const response = await fetch(`${ground.url}/api/${ground.projectId}/envelope/?sentry_key=${key}`, {
    method: 'POST',
    body: Buffer.concat([Buffer.from(`${head}\n`), payload]),
  });
  if (!response.ok) throw new Error(`the replay was answered ${response.status}: ${await response.text()}`);
}
