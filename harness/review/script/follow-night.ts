/** The night at work, as it tells of itself: its stages, where it stands, what it has found; drawn by Preact. */
import type * as Preact from 'preact';
import type { LiveNight } from '../live-night.ts';

/** Runs in the browser, sent as its own text: it refers to nothing outside of itself. */
export function followNight({ h, render }: typeof Preact): void {
  const root = document.querySelector<HTMLElement>('#live');
  if (root === null) return;
  const shown = root.dataset.run;
  let night: LiveNight | undefined;
  let isCut = false;
  /** What the server's clock says is later than ours by. */
  let ahead = 0;

  const seconds = (one: number): string => {
    const whole = Math.max(0, Math.round(one));
    if (whole < 60) return `${whole} s`;
    return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  };
  const since = (at: string): string => seconds((Date.now() + ahead - Date.parse(at)) / 1000);

  const stages = ({ stages: list, state }: LiveNight) =>
    h(
      'ol',
      { class: 'live-stages' },
      list.map(({ title, detail, took, startedAt }, index) => {
        const isRunning = index === list.length - 1 && state === 'running';
        return h('li', { class: isRunning ? 'running' : 'over', 'aria-current': isRunning ? 'step' : undefined }, [
          h(
            'span',
            { class: 'mark', 'aria-hidden': true },
            isRunning ? '●' : state === 'killed' && took === null ? '✖' : '✓',
          ),
          h('span', {}, [title, ' ', h('span', { class: 'soft small' }, detail)]),
          h('span', { class: 'time' }, took === null ? (isRunning ? since(startedAt) : '') : seconds(took)),
        ]);
      }),
    );

  const findings = ({ lines }: LiveNight) =>
    h(
      'ul',
      { class: 'live-lines small' },
      lines.slice(-12).map(({ text, isWarning }) => h('li', { class: isWarning ? 'warn' : '' }, text)),
    );

  const TITLES = { running: 'A night is running', ended: 'A night has ended', killed: 'A night was cut off' } as const;

  function draw(): void {
    if (root === null) return;
    // The night that is shown tells more itself.
    if (night === undefined || (night.state !== 'running' && night.run === shown)) {
      render(null, root);
      return;
    }
    const last = night.stages.at(-1);
    const link = night.hasRecord && night.run !== shown;
    render(
      h('section', { class: 'card part live', 'aria-labelledby': 'live-title' }, [
        h('h2', { id: 'live-title' }, TITLES[night.state]),
        // Told once a stage: every line of it would not let a listener get a word in.
        h('p', { class: 'unseen', role: 'status' }, `${TITLES[night.state]}${last ? `: ${last.title}` : ''}.`),
        h('p', { class: 'small soft' }, [
          `Run ${night.run}`,
          night.state === 'running' ? `, for ${since(night.startedAt)}` : '',
          isCut ? '. The server does not answer.' : '',
        ]),
        stages(night),
        night.state === 'running' ? h('p', { class: 'live-now small' }, h('code', {}, night.now)) : null,
        findings(night),
        link ? h('p', {}, h('a', { href: `/night/${encodeURIComponent(night.run)}/` }, 'Look at that night')) : null,
      ]),
      root,
    );
  }

  const source = new EventSource('/live');
  source.addEventListener('night', ({ data }) => {
    night = JSON.parse(data);
    ahead = night ? Date.parse(night.at) - Date.now() : 0;
    isCut = false;
    draw();
  });
  source.addEventListener('error', () => {
    isCut = true;
    draw();
  });
  setInterval(() => {
    if (night?.state === 'running') draw();
  }, 1000);
}
