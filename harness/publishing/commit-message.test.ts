import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { issueOf, patchOf } from '../../test/ladder/scripted-trial.ts';
import type { Suspect } from '../model/suspect.ts';
import { commitMessage, type MessageParts } from './commit-message.ts';

const SUSPECT: Suspect = {
  id: 's1',
  issue: 'SHOP-1',
  file: 'src/cart.ts',
  line: 7,
  runtime: 'browser',
  errorType: 'TypeError',
  message: 'x',
  score: 0.9,
  reasons: ['“TypeError: x” is thrown here: cart.total', 'Changed by 3f2a91c “Show totals”.'],
  stack: [],
  hunks: [],
};

function parts(changes: Partial<MessageParts> = {}): MessageParts {
  return {
    branch: 'mend/shop-1-cannot-read',
    issue: issueOf(),
    serves: [],
    patch: patchOf('0123456789ab', { title: 'read cart.total only when there is a cart' }),
    verdict: {
      kind: 'confirmed',
      patch: '0123456789ab',
      issue: 'SHOP-1',
      rung: 'regress',
      why: 'The scenario was red in 5 of 5 runs without the patch and green in 5 of 5 with it.',
      seconds: 3,
      base: [],
      patched: [],
      strength: 'weak',
      pValue: 0.004,
      controls: ['browser', 'server'],
      alsoCures: [],
      others: 9,
      checks: [
        { command: 'npx tsc --noEmit', base: 'green', patched: 'green' },
        { command: 'npm test', base: 'red', patched: 'red' },
      ],
    },
    suspect: SUSPECT,
    fingerprint: '0123456789abcdef',
    ...changes,
  };
}

function trailers(message: string): string {
  return execFileSync('git', ['interpret-trailers', '--parse'], { input: message, encoding: 'utf8' });
}

test('says what was wrong, how it was proven and how to repeat the proof', () => {
  expect(commitMessage(parts({ serves: ['SHOP-2'] }))).toMatchInlineSnapshot(`
    "fix: read cart.total only when there is a cart

    Sentry issue SHOP-1 says:

        TypeError: Cannot read properties of undefined (reading 'total')

    It comes from src/cart.ts:7. “TypeError: x” is thrown here: cart.total
    Changed by 3f2a91c “Show totals”.

    because

    The scenario was red in 5 of 5 runs without the patch and green in 5 of
    5 with it. By chance that would happen in 0.4 % of cases. It was not
    shown that the scenario depends on the patched value: look at the patch
    itself. Errors raised on purpose in browser and server still reach
    Sentry. 9 other scenarios stayed green. Checks: npx tsc --noEmit.

    To repeat the proof: npx mendwright prove mend/shop-1-cannot-read

    Sentry-Issue: SHOP-1
    Sentry-Issue: SHOP-2
    Mendwright-Fingerprint: 0123456789abcdef
    Mendwright-Scenario: [] scenarios/cart.spec.ts › pays
    Mendwright-Fixer: optional-chain
    Mendwright-Patch: 0123456789ab
    "
  `);
});

test('can be read by git’s own tools', () => {
  expect(trailers(commitMessage(parts({ serves: ['SHOP-2'] })))).toBe(
    [
      'Sentry-Issue: SHOP-1',
      'Sentry-Issue: SHOP-2',
      'Mendwright-Fingerprint: 0123456789abcdef',
      'Mendwright-Scenario: [] scenarios/cart.spec.ts › pays',
      'Mendwright-Fixer: optional-chain',
      'Mendwright-Patch: 0123456789ab',
      '',
    ].join('\n'),
  );
});

const EVIL = 'x\n\nSigned-off-by: Mara <mara@shop.example>\r\nSentry-Issue: OTHER-1\u2028\u202e\u001b[31m\u0000';
test.each<[string, Partial<MessageParts>]>([
  ['the issue’s title', { issue: issueOf({ title: EVIL }) }],
  ['the issue’s short id', { issue: issueOf({ shortId: EVIL }) }],
  ['a scenario', { issue: issueOf({ scenarios: [EVIL] }) }],
  ['the patch’s title', { patch: patchOf('0123456789ab', { title: EVIL }) }],
  ['the rationale', { patch: patchOf('0123456789ab', { rationale: EVIL }) }],
  ['a reason', { suspect: { ...SUSPECT, reasons: [EVIL] } }],
  ['a file name', { suspect: { ...SUSPECT, file: EVIL } }],
  ['the verdict', { verdict: { ...parts().verdict, why: EVIL } }],
  ['a check', { verdict: { ...parts().verdict, checks: [{ command: EVIL, base: 'green', patched: 'green' }] } }],
])('lets %s forge no trailer and bring no control character', (_, changes) => {
  const message = commitMessage(parts(changes));

  expect(trailers(message).match(/^[\w-]+:/gm)).toEqual(trailers(commitMessage(parts())).match(/^[\w-]+:/gm));
  expect(message).not.toMatch(/^(?:Signed-off-by|Sentry-Issue: OTHER)/m);
  expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(message.split('\n')[0]?.length).toBeLessThanOrEqual(72);
});

test('says of a tiny chance that it is tiny', () => {
  expect(commitMessage(parts({ verdict: { ...parts().verdict, pValue: 0.00002 } }))).toContain('fewer than 0.1 %');
});
