/** A run as a strip of pictures with its console beside it, as HTML. */
import { type Html, html } from '../../markup/html-tag.ts';
import { oneLine } from '../../markup/plain-text.ts';
import type { Film } from '../film.ts';
import { count } from '../night-words.ts';
import type { Pictures } from './pictures.ts';

/** Its frames are files of the run's folder. */
export type ShownFilm = Film;

/** Undefined where the trace holds neither pictures nor console lines. */
export function formatFilm(film: ShownFilm | undefined, pictures: Pictures): Html | undefined {
  if (film === undefined) return undefined;
  const { frames, console, hidden } = film;
  const strip = frames.map(({ file, label }) => pictures.show(file, label, `The page ${label}`)).filter(Boolean);
  return html`${strip.length > 0 && html`<div class="film">${strip}</div>`}${hidden > 0 && html`<p class="small soft">${count(hidden, 'picture')} left out: the page held what looks like a secret.</p>`}${console.length > 0 && html`<p class="small soft">Console</p><ul class="sightings small">${console.map(({ level, text }) => html`<li><span class="soft">${level}:</span> <code>${oneLine(text, 300)}</code></li>`)}</ul>`}`;
}
