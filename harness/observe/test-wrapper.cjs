// What a CommonJS suite gets when it requires @playwright/test: the real module, with a `test` that is watched.
const real = require(process.env.MENDWRIGHT_PLAYWRIGHT_TEST);
const { test } = globalThis[Symbol.for('mendwright.watch')](real);

// The real export is the `test` function itself, with everything else as its members.
module.exports = Object.assign((...args) => test(...args), real, { test, default: test });
