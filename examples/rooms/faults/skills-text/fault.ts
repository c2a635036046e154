/** One member’s skills are a text instead of a list. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'skills-text',
  title: 'Skills that are no list break the directory',
  template: 'type-coercion',
  location: 'throw-line',
  commit: { subject: 'Members: what Yusuf does' },
  edits: [{ file: 'server/data/members.json', find: '"skills": ["film", "sound"]', replace: '"skills": "film"' }],
  expected: {
    result: 'branch-created',
    scenario: 'members are listed with their companies',
    file: 'public/js/views/members.js',
    line: '<a href="/members/${member.id}">${member.name}</a>, ${member.company}: ${member.skills.join(\', \')}',
  },
  mendable: true,
  humanFix: [
    { file: 'public/js/views/members.js', find: 'member.skills.join(', replace: '[member.skills].flat().join(' },
  ],
};
