/** The review's style sheet: the report's, and what a page that is worked with needs besides. */
import { STYLE as REPORT } from '../report/html/style.ts';

const CODE = `
:root { --code-comment: #565b58; --code-string: #0a5132; --code-keyword: #6b2390; --code-number: #7a3500; --code-type: #0a4a80; --code-call: #0a4a80; }
@media (prefers-color-scheme: dark) {
  :root { --code-comment: #b3bab6; --code-string: #a5e3bb; --code-keyword: #dcb6f7; --code-number: #f4cd93; --code-type: #a9d0ff; --code-call: #a9d0ff; }
}
.code-comment { color: var(--code-comment); font-style: italic; } .code-string { color: var(--code-string); }
.code-keyword { color: var(--code-keyword); } .code-number { color: var(--code-number); }
.code-type { color: var(--code-type); } .code-call { color: var(--code-call); }
`;

export const STYLE = `${REPORT}${CODE}
[hidden] { display: none !important; }
body { max-width: 88rem; padding-top: 1rem; }
main:focus { outline: none; }
:is(button, input, select, textarea, pre):focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
kbd { padding: .05em .4em; border: 1px solid var(--line); border-radius: 4px; background: var(--sunk); font: .8125em var(--mono); color: var(--soft); }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--card); }
.top { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; margin-bottom: 1rem; font-size: .9375rem; }
.top #show-keys { margin-left: auto; }
.part { padding: 1rem 1.25rem 1.2rem; margin-top: 1.1rem; } .part h2 { margin: 0 0 .6rem; }
.dry { margin-bottom: 1rem; padding: .5rem .9rem; border-radius: 8px; background: var(--amber-bg); color: var(--amber); }
.chip.plain { background: var(--sunk); color: var(--soft); }
button, input, textarea { font: inherit; font-size: .9375rem; color: inherit; }
button:not(.chip) { padding: .3rem .8rem; border: 1px solid var(--soft); border-radius: 7px; background: var(--card); cursor: pointer; }
button:not(.chip):hover { background: var(--sunk); }
button.primary:not(.chip) { background: var(--link); border-color: var(--link); color: var(--card); }
button.primary kbd { background: none; color: inherit; border-color: currentcolor; }
button.quiet:not(.chip) { border-color: var(--line); font-size: .875rem; color: var(--soft); }
button[aria-pressed=true]:not(.chip) { background: var(--sunk); color: var(--ink); border-color: var(--soft); }
button[aria-disabled=true] { cursor: progress; }
.told:focus { outline: none; }
button.chip { border: 1px solid transparent; padding: .15rem .7rem; cursor: pointer; font-size: .8125rem; }
button.chip[aria-pressed=true] { border-color: currentcolor; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .6rem; }
.night-bar { display: block; width: 100%; height: .6rem; margin: 1.2rem 0 .55rem; border-radius: 99px; }
.fill-done { fill: var(--green); }
.filters { display: flex; flex-wrap: wrap; gap: .4rem; margin-bottom: .6rem; } .filters + .small { margin-bottom: .5rem; }
.index .chips { display: flex; flex-wrap: wrap; gap: .3rem; justify-content: end; }
.index li:focus-within { background: var(--sunk); } .index li:first-child { border-radius: 10px 10px 0 0; }
.index .what { display: grid; min-width: 0; }
.stage-times { padding: .8rem 1rem; } .stage-times li { display: grid; grid-template-columns: 11rem minmax(0, 1fr) 6rem; gap: 1rem; align-items: center; padding: .2rem 0; font-size: .9375rem; }
.track { width: 100%; height: .5rem; border-radius: 99px; background: var(--sunk); }
.time { color: var(--soft); font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.nights li { padding: .15rem 0; }
.issue-head { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; } .issue-head .id { font-weight: 700; }
h1.title { margin-top: .4rem; font: 600 clamp(1.05rem, 1rem + .5vw, 1.3rem)/1.4 var(--mono); letter-spacing: 0; text-wrap: wrap; }
.cause { max-width: 60rem; }
.said:empty { display: none; } .said { margin-top: .6rem; }
.command { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; margin-top: .5rem; }
.command code { flex: 1 1 16rem; min-width: 0; padding: .35rem .7rem; background: var(--sunk); border-radius: 7px; user-select: all; }
.evidence { display: grid; gap: 1.1rem 1.5rem; margin-top: 1.1rem; } .evidence > * { min-width: 0; }
@media (min-width: 66rem) { .evidence { grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); } .split-diff .evidence { grid-template-columns: minmax(0, 1fr); } .split-diff .beside { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; } }
.decide .commands { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 0 1rem; margin-top: .3rem; } .decide .command code { flex-basis: 10rem; }
.beside > * + * { margin-top: 1rem; } .split-diff .beside > * { margin-top: 0; }
.diff-head { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: center; justify-content: space-between; margin-bottom: .5rem; } .diff-head h2 { margin: 0; }
.diffs > .small { margin-top: .5rem; }
.in-two { display: none; }
@media (min-width: 48rem) { .split-diff .in-two { display: block; } .split-diff .unified { display: none; } }
@media (max-width: 48rem) { [data-split] { display: none; } }
.split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .split > .line + .line { border-left: 1px solid var(--line); }
.line.none { background: var(--sunk); }
.compare .layers { display: none; } .compare h3, .compare label { display: none; }
.compare.on { margin-top: 1.2rem; } .compare.on { width: fit-content; max-width: 100%; } .compare.on h3 { display: block; font-size: .9rem; font-family: inherit; color: var(--soft); margin-bottom: .4rem; }
.compare.on .layers { display: grid; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: var(--sunk); justify-items: start; }
.compare.on .layers img { grid-area: 1 / 1; max-width: 100%; height: auto; }
.compare.on .over { clip-path: inset(0 0 0 calc(100% - var(--cut, 50%))); }
.compare.on label { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .75rem; align-items: center; margin-top: .5rem; font-size: .875rem; color: var(--soft); }
figure img { max-height: 26rem; }
dialog { max-width: min(38rem, calc(100vw - 1.5rem)); padding: 1.2rem 1.4rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: inherit; }
dialog::backdrop { background: rgb(0 0 0 / .45); } dialog h2 { margin: 0 0 .5rem; } dialog p { margin: .7rem 0; }
dialog th { text-align: left; white-space: nowrap; width: 8rem; padding: .2rem .5rem .2rem 0; font-weight: 400; } dialog textarea, .sign-in input { width: 100%; margin-top: .3rem; padding: .4rem .6rem; border: 1px solid var(--soft); border-radius: 7px; background: var(--page); }
dialog label { font-size: .9375rem; }
.wrong { color: var(--red); }
.told p { margin-top: .6rem; }
.live { border-color: var(--link); } .live-stages li { display: grid; grid-template-columns: 1.4rem minmax(0, 1fr) auto; gap: .4rem; padding: .15rem 0; font-size: .9375rem; }
.live-stages { margin: .6rem 0; } .live-stages .over .mark { color: var(--green); } .live-stages .running { font-weight: 600; } .live-stages .running .mark { color: var(--link); } .live-stages .running .small { font-weight: 400; }
.live-lines { margin-top: .5rem; padding-left: .9rem; border-left: 2px solid var(--line); color: var(--soft); } .live-lines .warn { color: var(--amber); }
.sign-in { display: grid; gap: .5rem; justify-items: start; max-width: 26rem; }
@media (max-width: 40rem) {
  .part { padding: .8rem .85rem 1rem; }
  .stage-times li { grid-template-columns: minmax(0, 1fr) auto; } .stage-times .track { display: none; }
  .index .chips { justify-content: start; }
}
`;
