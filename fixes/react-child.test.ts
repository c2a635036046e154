import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './react-child.ts';

const TEAM = 'Objects are not valid as a React child (found: object with keys {id, name}).';

fixerTable(fixer, {
  offers: [
    ['several things on the line', TEAM, 'const Row = ({ team, user }) => <td>{team}{user}</td>;'],
    ['a choice', TEAM, 'const Row = ({ team, open }) => <td>{open ? team : null}</td>;'],
    ['a choice whose other half it is', TEAM, 'const Row = ({ team, open }) => <td>{open ? null : (team)}</td>;'],
    [
      'things on other lines',
      { message: TEAM, line: 1 },
      'const Row = ({ team, user }) => (\n  <td>\n    {team}\n    {user.team}\n  </td>\n);',
    ],
    [
      'a class',
      { message: TEAM, line: 3 },
      'class Row extends Component {\n  render() {\n    return <td>{this.props.team}</td>;\n  }\n}',
    ],
    [
      'keys that are no names',
      'Objects are not valid as a React child (found: object with keys {"a-b", label}).',
      'const Row = ({ team }) => <td>{team}</td>;',
    ],
    [
      'something else',
      'Objects are not valid as a React child (found: [object Map]).',
      'const Row = ({ team }) => <td>{team}</td>;',
    ],
  ],
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
