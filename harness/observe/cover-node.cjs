// Counts which functions of its own files a Node process of the app calls. Plain CommonJS, loaded on demand.
'use strict';

const coveredScript = require('./covered-script.cjs');

const OTHERS = /[\\/]node_modules[\\/]/;

/** Returns `take`, which gives the functions called since it was asked last, and `stop`. */
module.exports = function coverNode() {
  // Needed only where it is asked for: not every build of Node has it.
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const take = () => {
    let covered = [];
    // A session on its own thread answers before it returns.
    session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (!error) covered = answer.result.flatMap(ownScript);
    });
    return covered;
  };
  return { take, stop: () => session.disconnect() };
};

function ownScript(script) {
  const { url } = script;
  const isOwn = (url.startsWith('file:') || url.startsWith('/')) && !OTHERS.test(url) && !url.includes(__dirname);
  return isOwn ? coveredScript(script) : [];
}
