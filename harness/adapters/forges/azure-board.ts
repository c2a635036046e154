/** The dashboard on Azure DevOps, where repositories have no issues: a task of Azure Boards. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import type { Forge, ForgeIssue } from '../../model/forge.ts';
import { urlPath } from '../../web/url-path.ts';
import type { ForgeCall } from './forge-call.ts';
import { REFUSED } from './forge-refusal.ts';
import type { Requester } from './forge-request.ts';

const READS = 'Work items: read (vso.work)';
const WRITES = 'Work items: read and write (vso.work_write)';
const VERSION = { 'api-version': '7.1' };
const TITLE = 'System.Title';
const STATE = 'System.State';
const TEXT = 'System.Description';
const TAGS = 'System.Tags';
const CLOSED = ['Closed', 'Done', 'Removed', 'Resolved'];

const WorkItem = z.object({
  id: z.int(),
  fields: z.object({ [STATE]: z.string().optional(), [TEXT]: z.string().optional() }),
});

type BoardTools = Pick<Forge, 'listIssues' | 'openIssue' | 'updateIssue' | 'closeIssue'>;

export function azureBoard(requester: Requester, project: string, api: string): BoardTools {
  const items = urlPath`/${project}/_apis/wit/workitems`;
  const issueOf = ({ id, fields }: z.infer<typeof WorkItem>): ForgeIssue => ({
    number: id,
    url: `${api}${urlPath`/${project}/_workitems/edit/${id}`}`,
    isOpen: !CLOSED.includes(fields[STATE] ?? ''),
    body: fromHtml(fields[TEXT] ?? ''),
  });
  const set = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields).map(([name, value]) => ({ op: 'add', path: `/fields/${name}`, value }));
  const write = (call: Pick<ForgeCall, 'does' | 'method' | 'path'>, fields: Readonly<Record<string, string>>) =>
    requester.ask(WorkItem, {
      ...call,
      needs: WRITES,
      query: VERSION,
      body: set(fields),
      contentType: 'application/json-patch+json',
    });
  const patch = async (does: string, { number }: ForgeIssue, fields: Readonly<Record<string, string>>) => {
    await write({ does, method: 'PATCH', path: `${items}${urlPath`/${number}`}` }, fields);
  };

  return {
    listIssues: async (label) => {
      const call = { does: 'look for the dashboard', needs: READS };
      const { workItems } = await requester.ask(z.object({ workItems: z.array(z.object({ id: z.int() })) }), {
        ...call,
        method: 'POST',
        path: urlPath`/${project}/_apis/wit/wiql`,
        query: { ...VERSION, $top: 50 },
        body: {
          query: `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project AND [${TAGS}] CONTAINS '${label.replaceAll("'", "''")}' ORDER BY [System.Id]`,
        },
      });
      if (workItems.length === 0) return [];
      const { value } = await requester.ask(z.object({ value: z.array(WorkItem.nullable()) }), {
        ...call,
        path: items,
        query: { ids: workItems.map(({ id }) => id).join(','), fields: `${STATE},${TEXT}`, ...VERSION },
      });
      return value.flatMap((one) => (one === null ? [] : [issueOf(one)])).toSorted((a, b) => a.number - b.number);
    },
    openIssue: async ({ title, body, label }) =>
      issueOf(
        await write(
          { does: 'open the dashboard', method: 'POST', path: `${items}/$Task` },
          { [TITLE]: title, [TEXT]: toHtml(body), [TAGS]: label },
        ),
      ),
    updateIssue: (one, body) => patch('update the dashboard', one, { [TEXT]: toHtml(body) }),
    // Basic and Scrum call it done, the other processes closed.
    closeIssue: async (one) => {
      const does = 'close a second dashboard';
      try {
        await patch(does, one, { [STATE]: 'Closed' });
      } catch (error) {
        if (!(error instanceof Failure) || error.code !== REFUSED) throw error;
        await patch(does, one, { [STATE]: 'Done' });
      }
    },
  };
}

/** The field holds HTML: Markdown stands in it as it is. */
function toHtml(markdown: string): string {
  return `<pre>${markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>`;
}

function fromHtml(html: string): string {
  return html
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}
