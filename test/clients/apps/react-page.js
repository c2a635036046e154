// A page of @sentry/react: an error while rendering, caught by its boundary; one in a handler; one that React reports itself.
import * as Sentry from '@sentry/react';
import { createElement, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { optionsWith, sent, user } from './page-start.js';

const { client } = sent;

Sentry.init({
  ...optionsWith((value, id) => {
    if (value === 'while rendering') sent.rendering = id;
    if (value === 'outside of a boundary') sent.reported = id;
  }),
  integrations: [Sentry.browserTracingIntegration()],
});
Sentry.setTag('client', client);
Sentry.setUser(user);

function Broken({ message }) {
  throw new Error(message);
}

function Switch({ id, message }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return createElement(Broken, { message });
  return createElement('button', { type: 'button', id, onClick: () => setBroken(true) }, id);
}

function fail() {
  Sentry.addBreadcrumb({ message: `${client} crumb`, category: 'test' });
  throw new TypeError(`${client} failed`);
}

async function finish() {
  await Sentry.flush(5000);
  document.getElementById('state').textContent = 'sent';
}

const boundary = createElement(
  Sentry.ErrorBoundary,
  { fallback: createElement('p', { id: 'fallback' }, 'Sorry') },
  createElement(Switch, { id: 'render', message: 'while rendering' }),
);
const Profiled = Sentry.withProfiler(() => createElement('p', null, 'profiled'), { name: 'Profiled' });

createRoot(document.getElementById('app')).render([
  createElement('button', { type: 'button', id: 'throw', key: 'throw', onClick: fail }, 'throw'),
  createElement('div', { key: 'boundary' }, boundary),
  createElement(Profiled, { key: 'profiled' }),
  createElement('button', { type: 'button', id: 'finish', key: 'finish', onClick: finish }, 'finish'),
]);
createRoot(document.getElementById('other'), { onUncaughtError: Sentry.reactErrorHandler() }).render(
  createElement(Switch, { id: 'report', message: 'outside of a boundary' }),
);
