// Of V8's coverage of a script, where the called functions begin; for pages and Node servers alike. Plain CommonJS, because
// it is loaded into the app's own servers as well.
'use strict';

/** A list of one, or an empty one where no function was called. The script itself is no function. */
module.exports = function coveredScript({ url, functions }) {
  const called = functions.flatMap(({ functionName, ranges: [whole] }) => {
    const isScript = functionName === '' && whole.startOffset === 0;
    return whole.count > 0 && !isScript ? [whole.startOffset] : [];
  });
  return called.length === 0 ? [] : [{ script: url, functions: called.sort((a, b) => a - b) }];
};
