import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatMergeRequestJob, formatPullRequestJob } from './pull-request-job.ts';

/** As somebody does who wants it: the lines of the job without their mark. */
function uncommented(text: string, first: string): unknown {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === `# ${first}:`);
  return parse(
    lines
      .slice(start)
      .map((line) => line.replace(/^( *)# /, '$1'))
      .join('\n'),
  );
}

test('the job for GitHub can write pull requests and issues, and runs one command', () => {
  expect(uncommented(formatPullRequestJob(), 'pull-requests')).toMatchObject({
    'pull-requests': {
      needs: 'publish',
      permissions: { contents: 'write', 'pull-requests': 'write', issues: 'write', checks: 'read', statuses: 'read' },
      steps: [
        { uses: expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/) },
        { uses: expect.stringMatching(/^actions\/download-artifact@[0-9a-f]{40}$/) },
        { run: 'npx --yes mendwright publish "$RUNNER_TEMP"/runs/*/*/' },
      ],
    },
  });
});

test('the job for GitLab comes after the one that pushes, and sees its token', () => {
  expect(uncommented(formatMergeRequestJob(['mendwright-night']), 'mendwright-merge-requests')).toMatchObject({
    'mendwright-merge-requests': {
      needs: ['mendwright-night', 'mendwright-publish'],
      environment: { name: 'mendwright-publish' },
      script: [expect.stringContaining('set-url origin'), 'npx --yes mendwright publish .mendwright/runs/*/'],
    },
  });
});

test.each([
  ['GitHub', formatPullRequestJob()],
  ['GitLab', formatMergeRequestJob(['mendwright-night'])],
])('is nothing but a comment for %s, until somebody wants it', (_, text) => {
  expect(parse(text)).toBeNull();
});
