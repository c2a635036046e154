/** One member has no telephone any more. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'phone-none',
  title: 'A member without a telephone cannot be shown',
  template: 'conjunct guard',
  location: 'other-file',
  commit: { subject: 'Members: Tomasz prefers e-mail' },
  edits: [
    {
      file: 'server/data/members.json',
      find: '"email": "tz@bluewater.example", "phone": "+48 58 555 02 10"',
      replace: '"email": "tz@bluewater.example"',
    },
    {
      file: 'scenarios/members.spec.js',
      find: "toHaveAttribute('href', 'tel:+4586555031');\n",
      replace:
        "toHaveAttribute('href', 'tel:+4586555031');\n  await page.getByRole('link', { name: 'Members' }).click();\n  await page.getByRole('link', { name: 'Tomasz Zielinski' }).click();\n  await expect(page.getByRole('link', { name: 'tz@bluewater.example' })).toBeVisible();\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a member can be reached',
    file: 'public/js/views/member.js',
    line: '<li><a href="tel:${dialled(member.contact.phone)}">${member.contact.phone}</a></li>',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/views/member.js',
      find: '<li><a href="tel:${dialled(member.contact.phone)}">${member.contact.phone}</a></li>',
      replace:
        '${member.contact.phone ? html`<li><a href="tel:${dialled(member.contact.phone)}">${member.contact.phone}</a></li>` : \'\'}',
    },
  ],
};
