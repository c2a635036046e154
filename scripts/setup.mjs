// Makes a fresh clone ready: packages, a Node that is new enough, a browser. Plain JavaScript for Node 20, no packages.
// Does nothing, in well under two seconds, where all is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './find-browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(ROOT, 'node_modules', '.mendwright-setup');
const NEWER_NODE = 'node@24';

function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', ...options });
}

function isNewEnough(version) {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
  const [ownMajor, ownMinor] = version.replace(/^v/, '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Version of the Node that an earlier setup brought; undefined where there is none. */
function broughtNode() {
  const local = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return existsSync(local) ? run(local, ['--version']).stdout?.trim() : undefined;
}

/** Whether npm scripts will find a Node that is new enough. The one that runs this may be the brought one, gone by now. */
function hasNode() {
  const isBrought = process.execPath.startsWith(join(ROOT, 'node_modules'));
  return (!isBrought && isNewEnough(process.version)) || isNewEnough(broughtNode() ?? 'v0.0');
}

function installPackages() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const have = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').trim() : '';
  if (have === wanted && existsSync(join(ROOT, 'node_modules', 'typescript'))) return;
  say('installing the packages of package-lock.json (npm ci)');
  const { status, stderr } = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) stop(`npm ci failed. Is the npm registry reachable? It said: ${complaint(stderr)}`);
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(STAMP, `${wanted}\n`);
}

function installNode() {
  if (hasNode()) return;
  say(`the system's Node is older than this project needs: bringing ${NEWER_NODE} from npm into node_modules`);
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', NEWER_NODE];
  const { status, stderr } = run('npm', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0 || !hasNode()) {
    stop(`A newer Node could not be had from npm; install Node 22.18 or newer by hand. npm said: ${complaint(stderr)}`);
  }
}

function installBrowser() {
  if (findBrowser(ROOT)) return;
  say('no Chromium here: asking Playwright for its own');
  const cli = join(ROOT, 'node_modules', 'playwright', 'cli.js');
  const download = run(process.execPath, [cli, 'install', '--only-shell', 'chromium'], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  if (download.status === 0 && findBrowser(ROOT)) return;
  for (const name of ['chromium-headless-shell', 'chromium']) {
    say(`Playwright's download did not work: asking the distribution for ${name}`);
    if (installPackage(name) && findBrowser(ROOT)) return;
  }
  stop(
    'There is no Chromium and none could be installed: run `npx playwright install chromium`, or install your system’s chromium.',
  );
}

function installPackage(...names) {
  if (run('which', ['apt-get']).status !== 0) return false;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', '-q', '-y', ...args];
    return (
      run(command, rest, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0
    );
  };
  return (
    apt('install', '--no-install-recommends', ...names) ||
    (apt('update') && apt('install', '--no-install-recommends', ...names))
  );
}

const PYTHON_PACKAGES = ['python3-flask', 'python3-sentry-sdk'];

/** For the tests alone; without them the tests of Python servers are skipped. */
function installFlask() {
  const has = (python) => run(python, ['-c', 'import flask, sentry_sdk'], { stdio: 'ignore' }).status === 0;
  const isThere = () => ['python3', '/usr/bin/python3'].some(has);
  if (isThere()) return;
  say(`no Python with Flask and Sentry's SDK here: asking the distribution for ${PYTHON_PACKAGES.join(' and ')}`);
  if (installPackage(...PYTHON_PACKAGES) && isThere()) return;
  say('they could not be had: the tests of Python servers will be skipped');
}

/** The line of npm's that says most. */
function complaint(text) {
  const lines = (text ?? '').split('\n').map((line) => line.replace(/^npm (?:error|ERR!) ?/, ''));
  return lines.find((line) => line.trim() !== '' && !line.startsWith('code ')) ?? 'nothing';
}

installPackages();
installNode();
installBrowser();
if (process.argv.includes('--tests')) installFlask();
if (process.argv.includes('--check')) {
  say(`Node ${broughtNode() ?? process.version}, browser ${findBrowser(ROOT)}`);
}
