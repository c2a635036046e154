/** Screenshots in a page that opens from disk: carried inside it while it stays small, linked beside it after that; each shown once. */
import { type Html, html } from '../../markup/html-tag.ts';
import { relativeLink } from './relative-link.ts';

/** Bytes of a file of the run folder, or undefined when it is gone. */
export type ReadAsset = (file: string) => Uint8Array | undefined;

export interface Pictures {
  /** Undefined where there is no picture. `title` says what is seen; where it is shown already, a link leads there. */
  show(file: string | undefined, title: string, alt: string): Html | undefined;
}

/** Of pictures in all, as they are on disk: a third more in the page. */
const INLINE_BYTES = 2 * 1024 * 1024;

export function openPictures(readAsset: ReadAsset): Pictures {
  const shown = new Map<string, string>();
  let left = INLINE_BYTES;
  return {
    show: (file, title, alt) => {
      if (file === undefined) return undefined;
      const anchor = shown.get(file);
      if (anchor !== undefined) return html`<p class="small"><a href="#${anchor}">${title}: see above</a></p>`;
      const bytes = readAsset(file);
      const type = bytes && pictureType(bytes);
      if (bytes === undefined || type === undefined) return undefined;
      if (bytes.length > left) {
        const link = relativeLink(file);
        return link === undefined ? undefined : html`<p class="small"><a href="${link}">${title}</a></p>`;
      }
      left -= bytes.length;
      const id = `picture-${shown.size + 1}`;
      shown.set(file, id);
      const source = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
      return html`<figure id="${id}"><img src="${source}" alt="${alt}" loading="lazy"><figcaption>${title}</figcaption></figure>`;
    },
  };
}

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/** Pictures are known by their first bytes; anything else is left out. */
export function pictureType(bytes: Uint8Array): 'png' | 'jpeg' | undefined {
  const starts = (magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  return starts(PNG) ? 'png' : starts(JPEG) ? 'jpeg' : undefined;
}
