/** Keys for what the links and buttons of a page do anyway: `a[data-row]` are gone through, `aria-keyshortcuts` are pressed. */

/** Runs in the browser, sent as its own text: it refers to nothing outside of itself. */
function listenToKeys(): void {
  const STORE = 'mendwright-keys';
  const dialog = document.querySelector<HTMLDialogElement>('#keys');
  const button = document.querySelector<HTMLButtonElement>('#show-keys');
  const isOn = document.querySelector<HTMLInputElement>('#keys-on');
  if (dialog === null || button === null || isOn === null) return;
  button.hidden = false;
  button.addEventListener('click', () => dialog.showModal());
  isOn.checked = localStorage.getItem(STORE) !== 'off';
  isOn.addEventListener('change', () => localStorage.setItem(STORE, isOn.checked ? 'on' : 'off'));

  // Those that a filter hides are gone over.
  const shownTitles = (): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>('a[data-row]')].filter((title) => title.closest('[hidden]') === null);
  const move = (by: number): void => {
    const titles = shownTitles();
    const at = titles.findIndex((title) => title.matches(':focus'));
    const start = by > 0 ? -1 : titles.length;
    titles[Math.min(titles.length - 1, Math.max(0, (at < 0 ? start : at) + by))]?.focus();
  };
  const isInList = (): boolean => document.activeElement?.matches('a[data-row]') ?? false;

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const { target, key } = event;
    if (target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]')) return;
    if (!isOn.checked && key.length === 1) return;
    const hasList = shownTitles().length > 0;
    if (key === '?') dialog.showModal();
    else if ((key === 'j' && hasList) || (key === 'ArrowDown' && isInList())) move(1);
    else if ((key === 'k' && hasList) || (key === 'ArrowUp' && isInList())) move(-1);
    else if (key === 'o' && isInList() && target instanceof HTMLElement) target.click();
    else {
      const named = [...document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')];
      const wanted = named.find((one) => one.getAttribute('aria-keyshortcuts') === key && one !== button);
      if (wanted === undefined) return;
      if (wanted instanceof HTMLInputElement) {
        wanted.focus();
        wanted.select();
      } else if (!event.repeat) {
        // A dialog that it opens gives the focus back to it.
        wanted.focus({ preventScroll: true });
        wanted.click();
      }
    }
    event.preventDefault();
  });
}

export const KEYS_SCRIPT = `'use strict';(${listenToKeys.toString()})();`;
