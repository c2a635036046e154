import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './missing-prop.ts';

const READ_NAME = { message: "Cannot read properties of undefined (reading 'name')", line: 2 };
const BADGE = 'function Badge({ user }) {\n  return <b>{user.name}</b>;\n}\n';

fixerTable(fixer, {
  offers: [
    [
      'two users of which one has it not',
      READ_NAME,
      `${BADGE}const A = ({ user }) => <Badge user={user} size={2} />;\nconst B = ({ user }) => <Badge size={2} />;`,
    ],
    [
      'a user that has it under another name',
      READ_NAME,
      `${BADGE}const A = ({ row }) => <Badge user={row.user} />;\nconst B = ({ row }) => <Badge />;`,
    ],
    ['a user with children', READ_NAME, `${BADGE}const B = ({ user }) => <Badge><i /></Badge>;`],
    [
      'a component that takes props',
      { ...READ_NAME, line: 2 },
      'function Badge(props) {\n  return <b>{props.user.name}</b>;\n}\nconst B = ({ user }) => <Badge a />;',
    ],
    [
      'a class',
      { ...READ_NAME, line: 3 },
      'function Badge({ user: owner }) {\n  const a = 1;\n  return <b>{owner.name}</b>;\n}\nclass B extends C {\n  render() {\n    const { user } = this.props;\n    return <Badge />;\n  }\n}',
    ],
  ],
  cures: [
    [
      'with a variable of the same name',
      READ_NAME,
      `${BADGE}const Page = ({ user }) => <Badge />;`,
      `${BADGE}const Page = ({ user }) => <Badge user={user} />;`,
    ],
    [
      'behind the other props, with what another user hands over',
      READ_NAME,
      `${BADGE}const A = ({ team }) => <Badge user={team.lead} />;\nconst B = ({ team }) => <Badge size={3}>x</Badge>;`,
      `${BADGE}const A = ({ team }) => <Badge user={team.lead} />;\nconst B = ({ team }) => <Badge size={3} user={team.lead}>x</Badge>;`,
    ],
    [
      'read of props, handed on from props',
      READ_NAME,
      'function Badge(props) {\n  return <b>{props.user.name}</b>;\n}\nfunction Page(props) {\n  return <Badge />;\n}',
      'function Badge(props) {\n  return <b>{props.user.name}</b>;\n}\nfunction Page(props) {\n  return <Badge user={props.user} />;\n}',
    ],
    [
      'in another file',
      { ...READ_NAME, file: 'badge.tsx', others: { 'page.tsx': 'export const Page = ({ user }) => <Badge />;\n' } },
      BADGE,
      'export const Page = ({ user }) => <Badge user={user} />;\n',
    ],
  ],
  leaves: [
    ['a user that hands it over', READ_NAME, `${BADGE}const Page = ({ user }) => <Badge user={user} />;`],
    ['a user that hands over all', READ_NAME, `${BADGE}const Page = (props) => <Badge {...props} />;`],
    [
      'a prop with a default',
      READ_NAME,
      'function Badge({ user = null }) {\n  return <b>{user.name}</b>;\n}\nconst Page = ({ user }) => <Badge />;',
    ],
    ['a user who has nothing like it', READ_NAME, `${BADGE}const Page = () => <Badge />;`],
    [
      'a function that is no component',
      READ_NAME,
      'function badge({ user }) {\n  return user.name;\n}\nconst Page = ({ user }) => badge({});',
    ],
  ],
});
