/** Approving, rejecting and opening a place: buttons and dialogs, drawn by Preact and carried out by the server. */
import type * as Preact from 'preact';

interface Told {
  readonly text: string;
  readonly commands: readonly string[];
  readonly canAct?: boolean;
  readonly isWrong?: boolean;
}

/** Runs in the browser, sent as its own text: it refers to nothing outside of itself. */
export function decide({ h, render }: typeof Preact): void {
  const root = document.querySelector<HTMLElement>('#decide');
  const token = document.querySelector<HTMLMetaElement>('meta[name=page-token]')?.content ?? '';
  const url = root?.dataset.url;
  if (root === null || url === undefined) return;
  const { place } = root.dataset;
  let canDecide = root.dataset.decide === 'yes';

  let plan: Told | undefined;
  let isRejecting = false;
  let isBusy = false;
  let answer: Told | undefined;

  /** What went wrong is an answer like any other. */
  async function ask(step: string, body?: Readonly<Record<string, string>>): Promise<Told> {
    isBusy = true;
    draw();
    try {
      const answered = await fetch(`${url}/${step}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json', 'x-page-token': token },
      });
      if (answered.status === 500)
        return { text: 'The server failed; its terminal says how.', commands: [], isWrong: true };
      const told: Told = await answered.json();
      return { ...told, isWrong: !answered.ok };
    } catch {
      return { text: 'The server does not answer: was it ended?', commands: [], isWrong: true };
    } finally {
      isBusy = false;
    }
  }

  async function planApproval(): Promise<void> {
    if (isBusy) return;
    answer = undefined;
    const told = await ask('approval');
    if (told.isWrong) answer = told;
    else plan = told;
    draw();
    open('approving');
  }

  async function act(step: 'approve' | 'reject' | 'open', body: Readonly<Record<string, string>> = {}): Promise<void> {
    if (isBusy) return;
    const told = await ask(step, body);
    answer = told;
    if (!told.isWrong && step !== 'open') {
      plan = undefined;
      isRejecting = false;
      canDecide = root?.dataset.dry === 'yes';
    }
    if (told.isWrong && step === 'approve') plan = undefined;
    const hadDialog = document.querySelector('dialog[open]') !== null;
    draw();
    // What had the focus is gone with its dialog.
    if (hadDialog && document.querySelector('dialog[open]') === null)
      root?.querySelector<HTMLElement>('.told')?.focus();
  }

  const dialog = (id: string): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>(`#${id}`);
  const open = (id: string): void => {
    const found = dialog(id);
    if (found !== null && !found.open) found.showModal();
  };

  const commands = (list: readonly string[]) =>
    list.map((one) =>
      h('p', { class: 'command' }, [
        h('code', {}, one),
        h('button', { type: 'button', class: 'quiet', 'data-copy': one }, 'Copy'),
      ]),
    );

  const approving = (told: Told) => {
    const close = (): void => {
      plan = undefined;
      draw();
    };
    const yes = h(
      'button',
      { class: 'primary', type: 'button', 'aria-disabled': isBusy, onClick: () => act('approve') },
      'Approve',
    );
    return h('dialog', { id: 'approving', 'aria-labelledby': 'approving-title', onClose: close }, [
      h('h2', { id: 'approving-title' }, told.canAct ? 'Approve this branch?' : 'This is left to you'),
      h('p', {}, told.text),
      ...commands(told.commands),
      h('p', { class: 'actions' }, [
        told.canAct ? yes : null,
        h('button', { type: 'button', onClick: close }, told.canAct ? 'Cancel' : 'Close'),
      ]),
    ]);
  };

  const rejecting = () => {
    const close = (): void => {
      isRejecting = false;
      draw();
    };
    const send = (event: Event): void => {
      event.preventDefault();
      const field = document.querySelector<HTMLTextAreaElement>('#why');
      void act('reject', { why: field?.value ?? '' });
    };
    return h('dialog', { id: 'rejecting', 'aria-labelledby': 'rejecting-title', onClose: close }, [
      h('h2', { id: 'rejecting-title' }, 'Reject this branch?'),
      h('p', {}, 'Its patch will never be proposed again. The branch itself stays as it is.'),
      h('form', { onSubmit: send }, [
        h('label', { for: 'why' }, 'Why? For whoever asks later'),
        h('textarea', { id: 'why', required: true, maxlength: 500, rows: 3 }),
        answer?.isWrong ? h('p', { class: 'wrong', role: 'alert' }, answer.text) : null,
        h('p', { class: 'actions' }, [
          h('button', { class: 'primary', 'aria-disabled': isBusy }, 'Reject'),
          h('button', { type: 'button', onClick: close }, 'Cancel'),
        ]),
      ]),
    ]);
  };

  const startRejecting = (): void => {
    answer = undefined;
    isRejecting = true;
    draw();
    open('rejecting');
  };

  const button = (words: string, key: string, onClick: () => void, kind = '') =>
    h('button', { type: 'button', class: kind, 'aria-keyshortcuts': key, 'aria-disabled': isBusy, onClick }, [
      words,
      ' ',
      h('kbd', { 'aria-hidden': true }, key),
    ]);

  function draw(): void {
    if (root === null) return;
    const told = answer && (!answer.isWrong || !isRejecting) ? answer : undefined;
    const bar = [
      canDecide ? button('Approve', 'a', () => void planApproval(), 'primary') : null,
      canDecide ? button('Reject', 'r', startRejecting) : null,
      place ? button('Open in editor', 'e', () => void act('open')) : null,
    ];
    render(
      [
        h('div', { class: 'actions' }, bar),
        h('div', { class: told?.isWrong ? 'told wrong' : 'told', role: 'status', tabIndex: -1 }, [
          told ? h('p', {}, told.text) : null,
          isBusy && !plan && !isRejecting ? h('p', { class: 'soft' }, 'One moment …') : null,
          ...commands(told?.commands ?? []),
        ]),
        plan ? approving(plan) : null,
        isRejecting ? rejecting() : null,
      ],
      root,
    );
  }
  draw();
}
