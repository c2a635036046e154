/** The script of pages that are only read, on a server and in a folder alike: filter, slider, diff in two columns, copying. */

/** Runs in the browser, sent as its own text: it refers to nothing outside of itself. */
export function readPage(): void {
  const all = <One extends Element>(selector: string): One[] => [...document.querySelectorAll<One>(selector)];

  const said = document.querySelector('#said');
  const say = (text: string): void => {
    if (said !== null) said.textContent = text;
  };

  const rows = all<HTMLElement>('[data-result]');
  const filters = all<HTMLButtonElement>('button[data-filter]');
  const shownCount = document.querySelector('#shown');
  const filter = (result: string): void => {
    for (const button of filters) button.setAttribute('aria-pressed', String(button.dataset.filter === result));
    for (const row of rows) row.hidden = result !== '' && row.dataset.result !== result;
    const left = rows.filter((row) => !row.hidden).length;
    if (shownCount !== null) shownCount.textContent = `${left} of ${rows.length} issues shown`;
  };
  for (const button of filters) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const result = button.dataset.filter ?? '';
      filter(result);
      // Kept in the address, so that it stands when one comes back from an issue.
      history.replaceState(null, '', result === '' ? location.pathname : `#result=${result}`);
    });
  }
  const wanted = /^#result=([a-z-]+)$/.exec(location.hash)?.[1];
  if (filters.some((button) => button.dataset.filter === wanted)) filter(wanted ?? '');

  for (const compare of all<HTMLElement>('.compare')) {
    const range = compare.querySelector<HTMLInputElement>('input[type=range]');
    if (range === null) continue;
    const move = (): void => compare.style.setProperty('--cut', `${range.value}%`);
    range.addEventListener('input', move);
    move();
    compare.classList.add('on');
  }

  const STORE = 'mendwright-diff';
  const isSplit = (): boolean => document.body.classList.contains('split-diff');
  for (const button of all<HTMLButtonElement>('button[data-split]')) {
    const show = (): void => button.setAttribute('aria-pressed', String(isSplit()));
    button.hidden = false;
    document.body.classList.toggle('split-diff', sessionStorage.getItem(STORE) === 'split');
    show();
    button.addEventListener('click', () => {
      document.body.classList.toggle('split-diff');
      sessionStorage.setItem(STORE, isSplit() ? 'split' : 'unified');
      show();
      say(isSplit() ? 'The diff stands in two columns.' : 'The diff stands in one column.');
    });
  }

  // A listener for all: the acting script draws buttons of its own.
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null;
    const text = button?.dataset.copy;
    if (button === null || text === undefined) return;
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied: ${text}`);
    } catch {
      // Not allowed here: on another machine's page without https.
      say(`To copy by hand: ${text}`);
    }
  });
  for (const button of all<HTMLElement>('button[data-copy]')) button.hidden = false;
}
