/** Shows the view that an address asks for, and follows links within the page. */
import { ApiError } from './api.js';
import { html, render } from './html.js';

let routes = [];
let place;

/** `table` holds pairs of a path like `/rooms/:id` and the view that shows it. */
export function startRouter(element, table) {
  place = element;
  routes = table.map(([path, view]) => ({ pattern: patternOf(path), view }));
  document.addEventListener('click', followLink);
  document.getElementById('search').addEventListener('submit', (event) => {
    event.preventDefault();
    navigate(`/search?q=${encodeURIComponent(new FormData(event.target).get('q'))}`);
  });
  window.addEventListener('popstate', show);
  show();
}

export function navigate(path) {
  window.history.pushState({}, '', path);
  return show();
}

function patternOf(path) {
  return new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
}

function followLink(event) {
  const link = event.target.closest('a[href^="/"]');
  if (link === null || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  navigate(link.getAttribute('href'));
}

async function show() {
  const { pathname, search } = window.location;
  for (const { pattern, view } of routes) {
    const match = pattern.exec(pathname);
    if (match === null) continue;
    try {
      await view(place, { ...match.groups, query: new URLSearchParams(search) });
    } catch (error) {
      render(place, html`<p role="alert">${apologyFor(error)}</p>`);
      if (!(error instanceof ApiError)) throw error;
    }
    return;
  }
  render(place, html`<h1>There is no such page</h1>`);
}

function apologyFor(error) {
  return error instanceof ApiError ? error.message : 'Something went wrong. We have been told.';
}
