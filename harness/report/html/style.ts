/** The report's style sheet: light and dark, from 320 pixels up, no fonts or pictures to load. */
import { PALETTE } from '../../markup/palette.ts';

export const STYLE = `
${PALETTE}* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 74rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, dl, dd, ul, ol, figure, pre { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: clamp(1.5rem, 1.1rem + 1.9vw, 2.1rem); line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 2.75rem 0 .9rem; font-size: 1.15rem; letter-spacing: -.005em; }
h3 { font: 600 1.02rem/1.45 var(--mono); }
h4 { margin-bottom: .5rem; font-size: .9rem; color: var(--soft); font-weight: 600; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code, pre, .mono { font-family: var(--mono); font-size: .875em; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.brand { margin-bottom: .5rem; font-size: .875rem; font-weight: 600; color: var(--soft); }
.meta { margin-top: .6rem; color: var(--soft); }
.bar { display: flex; gap: 2px; height: .6rem; margin: 1.5rem 0 .55rem; border-radius: 99px; overflow: hidden; }
.bar span { min-width: .5rem; }
.keys { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; font-size: .9375rem; }
.keys b { font-variant-numeric: tabular-nums; }
.dot { display: inline-block; flex: none; width: .65em; height: .65em; margin-right: .45em; border-radius: 50%; }
.bg-green { background: var(--green); } .bg-red { background: var(--red); } .bg-flaky { background: var(--amber); }
.bg-skipped { background: var(--line); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.index a, .index .plain { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr) auto; gap: .1rem 1rem; align-items: baseline;
  padding: .6rem 1rem; color: inherit; text-decoration: none; }
.index li + li { border-top: 1px solid var(--line); }
.index a:hover .title { text-decoration: underline; text-decoration-color: var(--soft); }
.index .id { font-weight: 600; }
.index .title { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.chip { display: inline-block; padding: .1rem .6rem; border-radius: 99px; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
.mended { background: var(--green-bg); color: var(--green); } .open { background: var(--red-bg); color: var(--red); }
.aside { background: var(--amber-bg); color: var(--amber); }
.issue { padding: 1.4rem 1.5rem 1.5rem; }
.issue + .issue { margin-top: 1.25rem; }
.issue:target { border-color: var(--link); }
.issue > header { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: center; margin-bottom: .5rem; }
.issue > header .id { font-weight: 700; }
.cause { margin-top: .5rem; max-width: 46rem; }
.verdict { margin-top: .75rem; max-width: 46rem; padding: .6rem .9rem; border-radius: 8px; }
.facts { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .3rem 1rem; margin-top: 1rem; font-size: .9375rem; }
.facts dt { color: var(--soft); }
.pair { display: grid; gap: 1.5rem; margin-top: 1.5rem; }
@media (min-width: 62rem) { .pair { grid-template-columns: minmax(0, 1.55fr) minmax(0, 1fr); } }
.runs-pair .even { margin-top: .75rem; } .runs-pair h4 { margin-top: .75rem; }
@media (min-width: 62rem) { .pair.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.film { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0 .75rem; }
.diff { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.diff + .diff { margin-top: .75rem; }
.diff-file { display: flex; justify-content: space-between; gap: 1rem; padding: .4rem .75rem; background: var(--sunk);
  border-bottom: 1px solid var(--line); font: 600 .8125rem/1.5 var(--mono); }
.diff-file span { flex: none; font-weight: 400; }
.line { display: grid; grid-template-columns: 3.25em 1.25em minmax(0, 1fr); font: .8125rem/1.6 var(--mono); }
.line > * { white-space: pre-wrap; tab-size: 2; }
.line .no { padding-right: .75em; text-align: right; color: var(--soft); user-select: none; }
.line .sign { user-select: none; }
.line .text { padding-right: .5em; }
.line del, .line ins { text-decoration: none; border-radius: 2px; }
.line.delete { background: var(--red-bg); } .line.delete .sign { color: var(--red); } .line del { background: var(--red-word); }
.line.insert { background: var(--green-bg); } .line.insert .sign { color: var(--green); } .line ins { background: var(--green-word); }
.gap { padding: 0 .75rem; background: var(--sunk); color: var(--soft); font-size: .8125rem; border-block: 1px solid var(--line); }
.proof li { display: grid; grid-template-columns: 1.4rem minmax(0, 1fr); padding: .32rem 0; font-size: .9375rem; line-height: 1.45; }
.proof .yes { color: var(--green); } .proof .look { color: var(--amber); } .proof .yes, .proof .look { font-weight: 700; }
.proof b { font-weight: 600; }
.runs { display: flex; flex-wrap: wrap; gap: 3px; margin-top: .25rem; }
.runs i { width: .8rem; height: .8rem; border-radius: 3px; }
.take { margin-top: 1.5rem; padding: .85rem 1rem; background: var(--sunk); border-radius: 8px; }
.take pre { margin-top: .35rem; white-space: pre-wrap; user-select: all; }
details { margin-top: .75rem; }
.issue details { border-top: 1px solid var(--line); padding-top: .75rem; }
.issue .pair + details, .issue .take + details, .issue .facts + details { margin-top: 1.5rem; }
summary { cursor: pointer; font-size: .9375rem; font-weight: 600; width: fit-content; }
summary::marker { color: var(--soft); }
details > ul, details > ol { margin-top: .5rem; }
.rows > li { padding: .55rem 0; font-size: .9375rem; }
.rows > li + li { border-top: 1px solid var(--line); }
.issue .rows details { margin-top: .35rem; padding: 0; border: 0; }
.rows .diff { margin-top: .5rem; }
.scenarios > li { padding: .6rem 1rem; font-size: .9375rem; }
.scenarios > li + li { border-top: 1px solid var(--line); }
.scenarios summary, .scenarios .plain { width: auto; font-weight: 400; }
.scenarios .name { display: inline; }
.scenarios .time { color: var(--soft); font-variant-numeric: tabular-nums; margin-left: .5rem; white-space: nowrap; }
.scenarios details { margin: 0; }
.scenarios .plain { padding-left: 1.05em; }
.sightings { margin: .6rem 0 .4rem 1rem; padding-left: .9rem; border-left: 2px solid var(--line); }
.sightings li { padding: .25rem 0; }
figure { margin-top: .75rem; }
figure img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figcaption { margin-top: .3rem; font-size: .8125rem; color: var(--soft); }
.stages { padding: 1rem; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .4rem 1rem; align-items: center; font-size: .9375rem; }
.stages .time { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
.stages .track { height: .5rem; border-radius: 99px; background: var(--sunk); }
.stages .track span { display: block; height: 100%; min-width: 2px; border-radius: 99px; background: var(--soft); }
.trends { padding: 1rem 1.25rem 1.25rem; } .trends h4 { margin: 1.25rem 0 .4rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0 1.5rem; }
.charts figure { margin: 0 0 .75rem; } .charts figcaption { margin: 0 0 .3rem; } .charts svg { display: block; width: 100%; height: 3rem; }
.strips li { display: grid; grid-template-columns: minmax(0, 1.6fr) auto minmax(0, 1fr); gap: .1rem 1rem; align-items: center; padding: .25rem 0; }
.strip { max-width: 100%; }
.fill-red { fill: var(--red); } .fill-flaky { fill: var(--amber); } .fill-green { fill: var(--green-word); } .fill-soft { fill: var(--soft); }
.fill-absent { fill: var(--line); }
.notes { padding: .8rem 1rem .8rem 2.1rem; list-style: disc; font-size: .9375rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem .75rem 3rem; }
  .issue { padding: 1rem .9rem 1.1rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .55rem; }
  .index a, .index .plain { grid-template-columns: minmax(0, 1fr) auto; padding: .6rem .9rem; } .index .what { grid-column: 1 / -1; grid-row: 2; }
  .line { grid-template-columns: 2.5em 1em minmax(0, 1fr); font-size: .75rem; } .line .no { padding-right: .5em; }
  .strips li { grid-template-columns: minmax(0, 1fr); }
  .stages { grid-template-columns: minmax(0, 1fr) auto; } .stages .track { display: none; }
}
@media print {
  body { max-width: none; padding: 0; background: none; }
  .issue, .line { break-inside: avoid; }
}
`;
