// What Playwright gets when it requires the suite's CommonJS configuration: the same without its `webServer`.
module.exports = globalThis[Symbol.for('mendwright.withoutServer')](require(process.env.MENDWRIGHT_PLAYWRIGHT_CONFIG));
