/** Breaks one line of text at blanks so that it fits a terminal; wide letters count twice. */

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const NO_WIDTH = /\p{Mark}|\u200c|\u200d/u;

/** At least one line. A word that is too long for a line stands alone and is not broken, so that paths can be copied. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) {
    if (NO_WIDTH.test(letter)) continue;
    columns += WIDE.test(letter) ? 2 : 1;
  }
  return columns;
}
