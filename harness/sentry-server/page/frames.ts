/** Stack frames with their source: the app's own open, everybody else's folded. */
import { type Hole, type Html, html } from '../../markup/html-tag.ts';
import type { Frame } from '../event/payload.ts';
import { counted, cut, shown } from './words.ts';

const MAX_VARS = 50;

/** Innermost first, where the error was thrown. */
export function frameList(frames: readonly Frame[]): Html {
  const runs: Frame[][] = [];
  for (const frame of frames.toReversed()) {
    const last = runs.at(-1);
    if (last !== undefined && isOwn(last[0]) === isOwn(frame)) last.push(frame);
    else runs.push([frame]);
  }
  return html`<ol class="frames">${runs.map((run) => (isOwn(run[0]) ? run.map(ownFrame) : foreignRun(run)))}</ol>`;
}

const isOwn = (frame: Frame | undefined): boolean => frame?.in_app === true;

function ownFrame(frame: Frame): Html {
  const inside = insides(frame);
  if (inside === undefined) return html`<li class="own plain">${place(frame)}</li>`;
  return html`<li class="own"><details open><summary>${place(frame)}</summary>${inside}</details></li>`;
}

/** One fold for all, and in it one for each that has more to show. */
function foreignRun(run: readonly Frame[]): Html {
  const items = run.map((frame) => {
    const inside = insides(frame);
    return inside === undefined
      ? html`<li class="plain">${place(frame)}</li>`
      : html`<li><details><summary>${place(frame)}</summary>${inside}</details></li>`;
  });
  const many = counted(run.length, 'frame');
  return html`<li class="foreign"><details><summary>${many} outside of the app</summary><ol class="frames">${items}</ol></details></li>`;
}

function place({ function: name, filename, abs_path, module, lineno, colno }: Frame): Html {
  const file = filename ?? abs_path ?? module ?? '?';
  const at = lineno === undefined ? '' : `:${lineno}${colno === undefined ? '' : `:${colno}`}`;
  return html`<code><b><bdi>${name ?? '(anonymous)'}</bdi></b> <span class="soft">in</span> <bdi>${file}${at}</bdi></code>`;
}

function insides(frame: Frame): Html | undefined {
  const parts = [source(frame), variables(frame)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : html`${parts}`;
}

function source({ lineno, context_line, pre_context = [], post_context = [] }: Frame): Html | undefined {
  if (context_line === undefined) return undefined;
  const first = (lineno ?? 1) - pre_context.length;
  const line = (text: string, index: number, isThrown: boolean): Html => {
    const no = lineno === undefined ? '' : String(first + index);
    const code: Hole = isThrown ? html`<mark>${text}</mark>` : text;
    return html`<span class="line${isThrown && ' hot'}"><span class="no">${no}</span><span class="text">${code}</span></span>`;
  };
  const lines = [...pre_context, context_line, ...post_context];
  return html`<pre class="source">${lines.map((text, index) => line(text, index, index === pre_context.length))}</pre>`;
}

function variables({ vars = {} }: Frame): Html | undefined {
  const all = Object.entries(vars);
  if (all.length === 0) return undefined;
  const rows = all
    .slice(0, MAX_VARS)
    .map(
      ([name, value]) =>
        html`<tr><th scope="row"><code>${cut(name, 100)}</code></th><td><code>${shown(value, 300)}</code></td></tr>`,
    );
  return html`<details class="vars"><summary>${counted(all.length, 'variable')}</summary><table><thead class="unseen"><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
