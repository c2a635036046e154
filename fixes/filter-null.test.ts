import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './filter-null.ts';

const READ_NAME = "Cannot read properties of null (reading 'name')";

fixerTable(fixer, {
  offers: [
    ['a list in a list', READ_NAME, 'rows.map((row) => row.users.map((user) => user.name));'],
    ['a loop', { message: READ_NAME, line: 2 }, 'for (const user of load()) {\n  show(user.name);\n}'],
    ['a part of an element', READ_NAME, 'const names = rows.map((row) => row.user.name);'],
    ['what is looked up', READ_NAME, 'const names = ids.map((id) => byId.get(id).name);'],
    [
      'a list that is made by hand',
      { message: READ_NAME, line: 2 },
      'const users = ids.map(find);\nshow(users.map((user) => user.name));',
    ],
    ['a list that is waited for', READ_NAME, 'const names = (await load()).map((user) => user.name);'],
    ['a choice of lists', READ_NAME, 'const names = (a || b).map((user) => user.name);'],
    [
      'a function in words',
      { message: READ_NAME, line: 2 },
      'users.forEach(function (user) {\n  show(user.name);\n});',
    ],
    ['a sort', READ_NAME, 'users.sort((a, b) => a.name - b.name);'],
    ['what is found', READ_NAME, 'const ann = users.find((user) => user.name === 1);'],
  ],
  cures: [
    [
      'a list that is mapped',
      READ_NAME,
      'show(users.map((user) => user.name));',
      'show(users.filter(Boolean).map((user) => user.name));',
    ],
    [
      'a list that is looped over',
      { message: READ_NAME, line: 2 },
      'for (const user of users) {\n  show(user.name);\n}',
      'for (const user of users.filter(Boolean)) {\n  show(user.name);\n}',
    ],
    [
      'a function within the walk',
      READ_NAME,
      'show(users.map((user) => () => user.name));',
      'show(users.filter(Boolean).map((user) => () => user.name));',
    ],
    [
      'elements that lack a part',
      "Cannot read properties of null (reading 'city')",
      'show(users.map((user) => user.home.city));',
      'show(users.filter((user) => user.home).map((user) => user.home.city));',
    ],
    [
      'the list where a function makes it',
      { message: "Cannot read properties of undefined (reading 'name')", at: 'project.name' },
      'function pick(ids) {\n  return ids.map((id) => all[id]);\n}\nconst list = pick(chosen);\nshow(list.some((project) => project.name));',
      'function pick(ids) {\n  return ids.map((id) => all[id]);\n}\nconst list = pick(chosen);\nshow(list.filter(Boolean).some((project) => project.name));',
    ],
    [
      'what is looked up for each element',
      READ_NAME,
      'show(ids.map((id) => byId.get(id).name));',
      'show(ids.flatMap((id) => byId.get(id)?.name ?? []));',
    ],
    [
      'elements that are taken apart',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'const names = rows.map(({ name }) => name);',
      'const names = rows.filter(Boolean).map(({ name }) => name);',
    ],
  ],
  leaves: [
    ['a lookup whose value is used further', READ_NAME, 'show(ids.map((id) => print(byId.get(id).name)));'],
    ['a lookup in another walk', READ_NAME, 'ids.forEach((id) => byId.get(id).name);'],
    ['a value of no list', READ_NAME, 'show(user.name);'],
    ['a parameter of another function', READ_NAME, 'const f = (user) => user.name;'],
    ['a list that is filtered already', READ_NAME, 'show(users.filter(Boolean).map((user) => user.name));'],
    ['another error', 'user is not defined', 'show(users.map((user) => user.name));'],
    [
      'a list that is filtered',
      "Cannot read properties of null (reading 'name')",
      'users.filter(isKnown).map((user) => user.name);',
    ],
    [
      'an argument that is taken apart',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'const show = ({ name }) => print(name);',
    ],
    [
      'elements that are left out',
      "Cannot destructure property 'name' of 'undefined' as it is undefined.",
      'const names = rows.filter(Boolean).map(({ name }) => name);',
    ],
  ],
});
