/** The dashboard's cases, run against a double of every host. */
import { describe, expect, test } from 'vitest';
import { tendDashboard } from '../../harness/publishing/forges/tend-dashboard.ts';
import { type Ground, groundOf, HOSTS } from './ground.ts';

const TEXT = '### Blocked\n\n- `SHOP-1` <b>&amp; "it\'s"</b>: rejected before.\n';

async function tend({ forge }: Ground, text = TEXT, changes: { isEmpty?: boolean; dryRun?: boolean } = {}) {
  const { isEmpty = false, dryRun = false } = changes;
  return (await tendDashboard({ text, isEmpty }, { forge, dryRun })).deed;
}

const CASES: Readonly<Record<string, (ground: Ground) => Promise<void>>> = {
  'opens one issue with the label, and writes nothing where nothing changed': async (ground) => {
    expect(await tend(ground)).toBe('opened');
    const writes = ground.double.writes().length;

    expect(await tend(ground)).toBe('unchanged');
    expect(ground.double.writes()).toHaveLength(writes);
    expect(ground.double.state.issues).toMatchObject([
      { title: 'Mendwright: what waits for you', isOpen: true, body: expect.stringContaining('### Blocked') },
    ]);
    if (ground.host.kind !== 'bitbucket') expect(ground.double.state.issues[0]?.labels).toEqual(['mendwright']);
  },
  'is not opened while there is nothing to tell, and told when there is no more': async (ground) => {
    expect(await tend(ground, 'Nothing waits.', { isEmpty: true })).toBe('nothing-to-tell');
    expect(ground.double.state.issues).toEqual([]);
    await tend(ground);

    expect(await tend(ground, 'Nothing waits.', { isEmpty: true })).toBe('updated');
    expect(ground.double.state.issues[0]?.body).toContain('Nothing waits.');
  },
  'updates its text in place': async (ground) => {
    await tend(ground);

    expect(await tend(ground, '### Deferred\n')).toBe('updated');
    expect(await tend(ground, '### Deferred\n')).toBe('unchanged');
    expect(ground.double.state.issues).toMatchObject([{ body: expect.not.stringContaining('Blocked') }]);
  },
  'leaves a text that a person changed': async (ground) => {
    await tend(ground);
    const [issue] = ground.double.state.issues;
    if (issue) issue.body = issue.body.replace('rejected before', 'rejected for good');

    expect(await tend(ground, '### Deferred\n')).toBe('left-edited');
    expect(issue?.body).toContain('rejected for good');
  },
  'is not opened again where a person closed it': async (ground) => {
    await tend(ground);
    for (const issue of ground.double.state.issues) issue.isOpen = false;

    expect(await tend(ground, '### Deferred\n')).toBe('left-closed');
    expect(ground.double.state.issues).toHaveLength(1);
  },
  'leaves one open, when two nights run at once': async (ground) => {
    await Promise.all([tend(ground), tend(ground)]);

    expect(ground.double.state.issues.filter(({ isOpen }) => isOpen)).toMatchObject([{ number: 1 }]);
  },
  'takes no issue of people for its own': async (ground) => {
    const title = 'Mendwright is nice';
    ground.double.state.labels.push('mendwright');
    ground.double.state.issues.push({ number: 1, title, body: 'Is it?', isOpen: true, labels: ['mendwright'] });

    expect(await tend(ground)).toBe('opened');
    expect(ground.double.state.issues).toHaveLength(2);
    expect(ground.double.state.issues[0]).toMatchObject({ title, body: 'Is it?', isOpen: true });
  },
  'writes nothing in a dry run': async (ground) => {
    expect(await tend(ground, TEXT, { dryRun: true })).toBe('would-open');
    await tend(ground);
    const before = structuredClone(ground.double.state.issues);

    expect(await tend(ground, '### Deferred\n', { dryRun: true })).toBe('would-update');
    expect(ground.double.state.issues).toEqual(before);
  },
};

describe.each(HOSTS)('$kind', (host) => {
  test.each(Object.entries(CASES))('%s', async (_, check) => {
    const ground = await groundOf(host);

    await check(ground);

    expect(ground.double.violations).toEqual([]);
  });
});

test('a repository of Bitbucket without an issue tracker is told', async () => {
  const host = HOSTS.find(({ kind }) => kind === 'bitbucket');
  if (host === undefined) throw new Error('no Bitbucket');
  const ground = await groundOf(host);
  ground.double.trouble = () =>
    Response.json({ type: 'error', error: { message: 'Repository has no issue tracker.' } }, { status: 404 });

  expect(await tend(ground)).toBe('no-issues');
});
