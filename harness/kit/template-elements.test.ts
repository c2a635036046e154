import ts from 'typescript';
import { expect, test } from 'vitest';
import { openProject } from './project.ts';
import { elementAround } from './template-elements.ts';

/** The element around the call of `f`. */
function around(text: string): [string, string] | undefined {
  const source = openProject(new Map([['a.js', text]])).source('a.js');
  const call = source?.find(ts.isCallExpression).find(({ expression }) => expression.getText() === 'f');
  const found = source && call && elementAround(source, call);
  return found && [found.tag, text.slice(found.start, found.end)];
}

test.each<[string, string, [string, string] | undefined]>([
  ['its text', 'html`<p>a</p><p>${f(b)}</p>`', ['html', '<p>${f(b)}</p>']],
  ['an attribute', 'html`<i>x</i><a href="t:${f(b)}">c</a>`', ['html', '<a href="t:${f(b)}">c</a>']],
  ['one that it fills alone', 'html`<ul><li><a>${f(b)}</a></li><li>c</li></ul>`', ['html', '<li><a>${f(b)}</a></li>']],
  ['one beside text', 'html`<p>to <b>${f(b)}</b></p>`', ['html', '<b>${f(b)}</b>']],
  [
    'one with others of its name',
    'html`<div><div>a</div>${f(b)}<div>c</div></div>`',
    ['html', '<div><div>a</div>${f(b)}<div>c</div></div>'],
  ],
  [
    'one behind others that nobody closes',
    'html`<p><br><img src="x">${f(b)}</p>`',
    ['html', '<p><br><img src="x">${f(b)}</p>'],
  ],
  ['a template without a tag', 'x.innerHTML = `<p>${f(b)}</p>`;', ['', '<p>${f(b)}</p>']],
  ['a template within one', 'html`<ul>${rows.map((b) => html`<li>${f(b)}</li>`)}</ul>`', ['html', '<li>${f(b)}</li>']],
  ['no element', 'const label = `to ${f(b)}`;', undefined],
  ['an element that ends elsewhere', 'start(`<p>${f(b)}`);', undefined],
  ['a function in a hole', 'html`<p onclick=${() => f(b)}>x</p>`', undefined],
])('finds %s', (_, text, expected) => {
  expect(around(text)).toEqual(expected);
});
