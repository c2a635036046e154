/** The page's style sheet: light and dark, from 320 pixels up, in the colours and sizes of the report. */
import { PALETTE } from '../../markup/palette.ts';

export const STYLE = `
${PALETTE}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 82rem; padding: 1rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, p, dl, dd, ul, ol, pre, form { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: clamp(1.35rem, 1.1rem + 1.2vw, 1.75rem); line-height: 1.2; letter-spacing: -.015em; }
h1.title { font: 600 clamp(1.1rem, 1rem + .6vw, 1.35rem)/1.35 var(--mono); letter-spacing: 0; margin-top: .5rem; white-space: pre-wrap; }
h2 { font-size: 1.02rem; letter-spacing: -.005em; margin-bottom: .6rem; }
h3 { font-size: .875rem; margin: .9rem 0 .3rem; }
a { color: var(--link); text-underline-offset: .15em; }
:is(a, summary, button, input, select, textarea, pre):focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
code, pre, kbd { font-family: var(--mono); font-size: .875em; }
kbd { padding: .05em .4em; border: 1px solid var(--line); border-radius: 4px; background: var(--sunk); }
bdi { unicode-bidi: isolate; }
.pre { white-space: pre-wrap; }
.soft { color: var(--soft); }
time + .soft { white-space: nowrap; }
.small { font-size: .875rem; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--card); }
.top { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-bottom: 1rem; }
.brand { margin-right: auto; font-size: .875rem; font-weight: 600; color: var(--soft); text-decoration: none; }
.brand:hover { text-decoration: underline; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.part { padding: .9rem 1.1rem 1rem; }
.part + .part { margin-top: .9rem; }
.chip { display: inline-block; padding: 0 .55rem; border-radius: 99px; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.mended { background: var(--green-bg); color: var(--green); } .open { background: var(--red-bg); color: var(--red); }
.aside { background: var(--amber-bg); color: var(--amber); } .plain.chip { background: var(--sunk); color: var(--soft); }
.keys { display: flex; flex-wrap: wrap; gap: .2rem .6rem; align-items: center; margin-top: .25rem; font-weight: 400; }
.wrong { color: var(--red); } .done { margin-top: .5rem; padding: .4rem .8rem; border-radius: 8px; background: var(--green-bg); color: var(--green); }
button, input, select, textarea { font: inherit; font-size: .9375rem; color: inherit; }
button { padding: .3rem .8rem; border: 1px solid var(--soft); border-radius: 7px; background: var(--card); cursor: pointer; }
button:hover { background: var(--sunk); }
button.primary { background: var(--link); border-color: var(--link); color: var(--card); }
button.primary:hover { text-decoration: underline; }
button.quiet { border-color: var(--line); font-size: .875rem; color: var(--soft); }
input:not([type=checkbox]), select, textarea { width: 100%; padding: .3rem .5rem; border: 1px solid var(--soft); border-radius: 7px; background: var(--card); }
::placeholder { color: var(--soft); opacity: 1; }
[aria-invalid] { border-color: var(--red) !important; }
label { font-size: .8125rem; font-weight: 600; color: var(--soft); }
.search { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)) auto; gap: .6rem .75rem; align-items: end; margin: .75rem 0; padding: .9rem 1.1rem; }
.search .wide { grid-column: 1 / -1; } .search #query { font-family: var(--mono); }
.count { margin: .75rem 0 .5rem; font-size: .9375rem; color: var(--soft); }
.find { flex: 0 1 22rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; font-weight: 400; }
thead th { font-size: .8125rem; font-weight: 600; color: var(--soft); white-space: nowrap; }
tbody tr { border-top: 1px solid var(--line); }
.num { text-align: right; font-variant-numeric: tabular-nums; } .time { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--soft); }
.issues { border-collapse: separate; border-spacing: 0; }
.issues tr > * { padding: .55rem .75rem; } .issues tbody tr > * { border-top: 1px solid var(--line); }
.issues tbody tr:focus-within { background: var(--sunk); }
.issues .title { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; font: 600 .875rem/1.45 var(--mono); color: inherit; text-decoration: none; }
.issues .title:hover { text-decoration: underline; }
.culprit { display: block; font-size: .875rem; color: var(--soft); }
.graph { width: 8.5rem; }
.spark { display: block; width: 100%; height: 1.6rem; fill: var(--link); } .spark .ground { fill: none; stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
aside .spark { height: 2.4rem; }
.narrow { display: none; }
.pager, .steps { display: flex; flex-wrap: wrap; gap: .4rem 1.25rem; margin: 1rem 0; font-size: .9375rem; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0; }
.columns { display: grid; gap: .9rem; }
.columns > * { min-width: 0; }
@media (min-width: 62rem) { .columns { grid-template-columns: minmax(0, 1fr) 22rem; align-items: start; } }
.steps { margin: 0 0 .6rem; }
.facts { display: grid; grid-template-columns: minmax(6rem, 10rem) minmax(0, 1fr); gap: .2rem .9rem; font-size: .9375rem; } .facts dt { color: var(--soft); }
aside .facts { grid-template-columns: 5.5rem minmax(0, 1fr); font-size: .875rem; }
.exception + .exception { margin-top: 1.2rem; padding-top: .4rem; border-top: 1px solid var(--line); }
.exception h3 { font: 600 1.02rem/1.45 var(--mono); }
.value { white-space: pre-wrap; font-family: var(--mono); font-size: .875rem; }
summary { cursor: pointer; } summary::marker { color: var(--soft); } summary h2 { display: inline; }
.frames { margin-top: .4rem; font-size: .875rem; } .frames li { padding: .15rem 0; } .frames .plain { padding-left: 1.05em; }
.frames .frames { margin: .2rem 0 .2rem .5rem; padding-left: .7rem; border-left: 2px solid var(--line); }
.foreign > details > summary { color: var(--soft); }
.source { margin: .35rem 0 .5rem; padding: .3rem 0; background: var(--sunk); border-radius: 8px; font-size: .8125rem; line-height: 1.55; white-space: pre-wrap; }
.line { display: grid; grid-template-columns: 3.5em minmax(0, 1fr); tab-size: 2; } .line .no { padding-right: .9em; text-align: right; color: var(--soft); user-select: none; }
.line .text { padding-right: .5em; } .line.hot { background: var(--red-bg); } mark { background: none; color: inherit; font-weight: 600; }
.vars table { font-size: .8125rem; }
.spread li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 .6rem; padding: .1rem 0; font-size: .875rem; }
.bar { grid-column: 1 / -1; width: 100%; height: 3px; fill: var(--soft); background: var(--line); border-radius: 2px; }
.note { display: grid; gap: .4rem; justify-items: start; } .activity li { padding: .45rem 0; font-size: .9375rem; } .activity li + li { border-top: 1px solid var(--line); }
.activity { margin-top: .6rem; }
.sign-in { display: grid; gap: .5rem; justify-items: start; max-width: 26rem; margin-top: .75rem; }
dialog { max-width: min(34rem, calc(100vw - 1.5rem)); padding: 1.2rem 1.4rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: inherit; }
dialog::backdrop { background: rgb(0 0 0 / .4); } dialog p { margin: .8rem 0; } dialog th { white-space: nowrap; width: 8rem; }
dialog label { font-size: .9375rem; font-weight: 400; color: inherit; }
@media (max-width: 62rem) { .widest { display: none; } }
@media (max-width: 48rem) {
  body { padding: .75rem .75rem 3rem; }
  .wide:is(th, td), .graph { display: none; } .narrow { display: inline; }
  .search { grid-template-columns: repeat(2, minmax(0, 1fr)); padding: .8rem; } .issues tr > * { padding: .55rem .6rem; }
  .facts, aside .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .4rem; }
  .part { padding: .8rem .85rem; } .line { grid-template-columns: 2.6em minmax(0, 1fr); } .line .no { padding-right: .5em; } .find { flex: 1 1 100%; order: 1; }
}
`;
