/** @sentry/mcp-server: every tool at the top, and those behind execute_sentry_tool that a server without Seer can serve. */
import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Ground } from './ground.ts';
import { openMcp } from './mcp-session.ts';
import { type Seed, seed } from './seed.ts';
import type { ClientTable } from './table.ts';

const TOP = [
  'analyze_issue_with_seer',
  'execute_sentry_tool',
  'find_organizations',
  'find_projects',
  'get_sentry_resource',
  'search_events',
  'search_issues',
  'search_sentry_tools',
  'update_issue',
];

export async function mcpServer(ground: Ground, table: ClientTable): Promise<void> {
  const sown = await seed(ground, 'mcp-seed');
  const mcp = await openMcp(ground);
  if (mcp === undefined) return table.skip('mcp-server', 'not installed: node scripts/install-clients.mjs');
  const check = table.check(`mcp-server@${mcp.version}`);
  try {
    await check('tools/list', async () => assert.deepEqual((await mcp.tools()).sort(), TOP));
    for (const [name, args, expected, limit] of calls(ground, sown)) {
      const isTop = TOP.includes(name);
      const about = args.dataset ?? args.resourceType;
      await check(
        `${name}${about === undefined ? '' : ` ${about}`}`,
        async () => {
          const text = isTop
            ? await mcp.call(name, args)
            : await mcp.call('execute_sentry_tool', { name, arguments: args });
          assert.match(text, expected);
        },
        limit,
      );
    }
    await check('update_issue', async () => {
      const issue = { organizationSlug: ground.org, issueId: sown.shortId };
      await mcp.call('update_issue', { ...issue, status: 'resolved', reason: 'Fixed by hand.' });
      const path = `/organizations/${ground.org}/issues/${sown.issueId}/`;
      const shape = z.object({ status: z.string(), numComments: z.number() });
      assert.deepEqual(await ground.read(path, shape), { status: 'resolved', numComments: 2 });
      await mcp.call('update_issue', { ...issue, status: 'unresolved' });
      assert.equal((await ground.read(path, shape)).status, 'unresolved');
      await mcp.call('update_issue', {
        ...issue,
        status: 'ignored',
        ignoreMode: 'untilOccurrenceCount',
        ignoreCount: 5,
      });
      assert.equal((await ground.read(path, shape)).status, 'ignored');
      await mcp.call('update_issue', { ...issue, status: 'unresolved' });
    });
  } finally {
    await mcp.close();
  }
}

type Call = readonly [name: string, args: Record<string, unknown>, answer: RegExp, limit?: string];

function calls({ org: organizationSlug, project: projectSlug, dsn, url }: Ground, sown: Seed): readonly Call[] {
  const org = { organizationSlug };
  const issue = { ...org, issueId: sown.shortId };
  const found = new RegExp(`${sown.shortId}.*TypeError: mcp-seed failed`, 's');
  return [
    ['find_organizations', {}, /acme/],
    ['find_projects', org, new RegExp(projectSlug)],
    ['search_issues', { ...org, query: 'is:unresolved', projectSlugOrId: projectSlug }, new RegExp(sown.shortId)],
    ['search_issues', { ...org, query: 'issue.category:feedback' }, /User Feedback: mcp-seed is slow/],
    ['search_events', { ...org, dataset: 'errors', query: 'client:mcp-seed' }, /mcp-seed/],
    ['search_events', { ...org, dataset: 'spans', query: `trace:${sown.trace}` }, /mcp-seed work/],
    ['search_events', { ...org, dataset: 'logs', query: 'severity:warn' }, /mcp-seed logs/],
    [
      'search_events',
      { ...org, dataset: 'metrics', query: `metric.name:${sown.metric}` },
      new RegExp(sown.metric ?? ''),
    ],
    ['search_events', { ...org, dataset: 'replays', query: '' }, new RegExp(sown.replay.slice(0, 8))],
    ['get_sentry_resource', { ...org, resourceType: 'issue', resourceId: sown.shortId }, found],
    ['get_sentry_resource', { ...org, resourceType: 'event', resourceId: sown.error }, /mcp-seed failed/],
    ['get_sentry_resource', { ...org, resourceType: 'trace', resourceId: sown.trace }, /mcp-seed work/],
    ['get_sentry_resource', { ...org, resourceType: 'replay', resourceId: sown.replay }, /shop\.example\.org/],
    ['get_sentry_resource', { url: `${url}/organizations/${organizationSlug}/issues/${sown.issueId}/` }, found],
    ['search_sentry_tools', { query: 'issue' }, /add_issue_note/],
    ['whoami', {}, /mendwright/],
    ['get_issue_details', issue, found],
    ['get_issue_details', { ...org, eventId: sown.error }, /mcp-seed failed/],
    ['search_issue_events', { ...issue, query: 'client:mcp-seed' }, new RegExp(sown.error)],
    ['get_issue_tag_values', { ...issue, tagKey: 'client' }, /mcp-seed/],
    ['add_issue_note', { ...issue, text: 'Looked at by the test.' }, /Looked at by the test|Note|Comment/i],
    ['get_issue_activity', { ...issue, includeComments: true }, /Looked at by the test/],
    ['get_issue_breadcrumbs', issue, /mcp-seed crumb/],
    ['get_issue_user_reports', issue, /mcp-seed is slow|No issue user reports/],
    // Only of threads, which events of JavaScript have none of.
    ['get_event_stacktrace', issue, /No thread stacktraces were found/],
    ['get_event_attachment', { ...org, projectSlug, eventId: sown.attached }, /notes\.txt/],
    ['get_trace_details', { ...org, traceId: sown.trace }, /mcp-seed work/],
    ['get_replay_details', { ...org, replayId: sown.replay }, /shop\.example\.org/],
    ['find_releases', org, /mcp-seed/],
    ['get_release_details', { ...org, releaseVersion: 'mcp-seed' }, /mcp-seed/],
    ['find_monitors', org, new RegExp(sown.monitor)],
    ['get_monitor_details', { ...org, monitorSlug: sown.monitor }, new RegExp(`${sown.monitor}.*ok`, 'is')],
    ['find_dsns', { ...org, projectSlug }, new RegExp(dsn)],
    ['create_dsn', { ...org, projectSlug, name: 'Second' }, /Second.*http/s],
    ['create_team', { ...org, name: 'Night shift' }, /night-shift/],
    ['find_teams', org, /night-shift/],
    ['create_project', { ...org, teamSlug: 'night-shift', name: 'Night', platform: 'node' }, /night.*http/s],
    ['add_team_to_project', { ...org, projectSlug, teamSlug: 'night-shift' }, /night-shift/],
    ['update_project', { ...org, projectSlug, platform: 'javascript-react' }, /javascript-react/],
    ['analyze_issue_with_seer', issue, /root cause/i, 'Seer is Sentry’s own: an analysis is refused with 403.'],
  ];
}
