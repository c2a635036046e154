import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './react-child.ts';

const TEAM = 'Objects are not valid as a React child (found: object with keys {id, name}).';

fixerTable(fixer, {
  cures: [
    [
      'an object with a name',
      TEAM,
      'const Row = ({ team }) => <td>{team}</td>;',
      'const Row = ({ team }) => <td>{team.name}</td>;',
    ],
    [
      'what a condition lets through',
      TEAM,
      'const Row = ({ user }) => <td>{user.team && user.team}</td>;',
      'const Row = ({ user }) => <td>{user.team && user.team.name}</td>;',
    ],
    [
      'the one that was seen to be an object',
      { message: TEAM, values: { label: 'Keel', team: { id: 3, name: 'North' } } },
      'const Row = ({ label, team }) => <td>{label}{team}</td>;',
      'const Row = ({ label, team }) => <td>{label}{team.name}</td>;',
    ],
    [
      'a date',
      'Objects are not valid as a React child (found: [object Date]).',
      'const Row = ({ due }) => <td>{due}</td>;',
      'const Row = ({ due }) => <td>{due.toLocaleString()}</td>;',
    ],
    [
      'an object without a member for people',
      'Objects are not valid as a React child (found: object with keys {x, y}).',
      'const Row = ({ point }) => <td>{point}</td>;',
      'const Row = ({ point }) => <td>{JSON.stringify(point)}</td>;',
    ],
  ],
  best: [
    [
      'the member that the app shows elsewhere',
      {
        message: 'Objects are not valid as a React child (found: object with keys {name, title}).',
        others: { 'head.tsx': 'export const Head = ({ team }) => <h1>{team.title}</h1>;' },
      },
      'const Row = ({ team }) => <td>{team}</td>;',
      'const Row = ({ team }) => <td>{team.title}</td>;',
    ],
  ],
  leaves: [
    ['another error', 'team is not defined', 'const Row = ({ team }) => <td>{team}</td>;'],
    ['what parents put inside', TEAM, 'const Row = ({ children }) => <td>{children}</td>;'],
    ['an attribute', TEAM, 'const Row = ({ team }) => <td title={team}>none</td>;'],
    ['a member that is shown', TEAM, 'const Row = ({ rows }) => <td>{rows.map(show)}</td>;'],
    [
      'what was seen to be text',
      { message: TEAM, values: { team: 'North' } },
      'const Row = ({ team }) => <td>{team}</td>;',
    ],
  ],
});
