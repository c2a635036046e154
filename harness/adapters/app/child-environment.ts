/** The environment that the app, its scenarios and its checks get: an allow-list, never the harness's own secrets. */
import { delimiter, dirname } from 'node:path';

const ALLOWED = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'TERM',
  'CI',
  'DISPLAY',
  'SYSTEMROOT',
  'COMSPEC',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'USERPROFILE',
  'PLAYWRIGHT_BROWSERS_PATH',
  'MENDWRIGHT_CHROMIUM',
  'PYTHONPATH',
  'VIRTUAL_ENV',
  'LD_LIBRARY_PATH',
  'NODE_EXTRA_CA_CERTS',
]);

/** Every process that a run starts carries this variable, so that what escaped can be found again. */
export const RUN_MARK = 'MENDWRIGHT_RUN';

/** `mark` names the repository and the run; the running Node comes first in PATH. */
export function childEnvironment(own: NodeJS.ProcessEnv, mark: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && (ALLOWED.has(name.toUpperCase()) || name.startsWith('LC_'))) env[name] = value;
  }
  env.PATH = [dirname(process.execPath), env.PATH ?? ''].filter(Boolean).join(delimiter);
  env[RUN_MARK] = mark;
  return env;
}
