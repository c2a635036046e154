/** A double of a machine's clock that is set while processes run: JUMPING_CLOCK names a file that holds by how many milliseconds. */
import { readFileSync } from 'node:fs';

const file = process.env.JUMPING_CLOCK;
const RealDate = Date;

function shift() {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0; // Not set yet.
  }
}

if (file) {
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + shift()] : given));
    }

    static now() {
      return RealDate.now() + shift();
    }
  };
}
