// What a CommonJS suite gets when it requires @playwright/test: the real module, with a `test` that is watched.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const real = require(process.env.MENDWRIGHT_PLAYWRIGHT_TEST);
const source = join(__dirname, 'watch-test.ts');
const { watch } = require(existsSync(source) ? source : join(__dirname, 'watch-test.js'));

// The real export is the `test` function itself with everything else as its members.
module.exports = Object.assign((...args) => watch(real).test(...args), real, watch(real));
module.exports.default = module.exports.test;
