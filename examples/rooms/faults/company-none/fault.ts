/** One member works without a company. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'company-none',
  title: 'A member without a company breaks the directory',
  template: 'ternary guard',
  location: 'throw-line',
  commit: { subject: 'Members: Yusuf is on his own now' },
  edits: [
    {
      file: 'server/data/members.json',
      find: '"company": { "name": "Aydin Film", "city": "Hamburg" }',
      replace: '"company": null',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'members are listed with their companies',
    file: 'server/members.js',
    line: 'return `${member.company.name}, ${member.company.city}`;',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/members.js',
      find: '  return `${member.company.name}, ${member.company.city}`;',
      replace: "  return member.company ? `${member.company.name}, ${member.company.city}` : '';",
    },
  ],
};
