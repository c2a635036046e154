/** Addresses of scripts, maps and sources, joined and named as Sentry does it. */

/** How an upload may name a script: as a whole or of any host (`~`), with its query or without; best first. */
export function uploadedNames(url: string): string[] {
  const [whole = ''] = url.split('#', 1);
  const [bare = ''] = whole.split('?', 1);
  return [...new Set([whole, bare, `~${pathOf(whole)}`, `~${pathOf(bare)}`])];
}

/** `/static/app.js` of `https://shop.test/static/app.js`, `app:///static/app.js` and `~/static/app.js`. */
function pathOf(url: string): string {
  if (url.startsWith('~')) return url.slice(1);
  const host = url.indexOf('://');
  if (host < 0) return url;
  const path = url.indexOf('/', host + 3);
  return path < 0 ? url.slice(host + 3) : url.slice(path);
}

/** Where a reference leads that stands in the file at `base`; `~` at its beginning means the host of `base`. */
export function joinPath(base: string, reference: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(reference)) return reference;
  const [, origin = '', path = ''] = /^([a-z][a-z\d+.-]*:\/\/[^/]*|~)?(.*)$/is.exec(base) ?? [];
  if (reference.startsWith('//')) return `${origin.split('//', 1)[0]}${reference}`;
  const inside = reference.replace(/^~/, '');
  if (inside.startsWith('/')) return `${origin}${inside}`;
  const [folder = ''] = /^[^?#]*\//.exec(path) ?? [];
  const steps: string[] = [];
  for (const step of `${folder}${inside}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `${origin}/${steps.join('/')}`;
}

/** webpack hides where a file lies behind a scheme, and behind the name of the package that it builds. */
export function shortWebpackName(source: string): string {
  const [, library] = source.split('/~/', 2);
  if (library !== undefined) return `~/${library}`;
  return source.replace(/^webpack:\/\/[\w@.-]+\/\.\//, './').replace(/^webpack:\/\/\//, '');
}

/** Undefined where the path does not tell, and the SDK's word counts. */
export function isOwnSource(absPath: string, source: string): boolean | undefined {
  if (absPath.startsWith('webpack:')) return source.startsWith('./') && !source.includes('/node_modules/');
  if (absPath.startsWith('app:')) return !/\bnode_modules\//.test(source);
  return absPath.includes('/node_modules/') ? false : undefined;
}

const NO_PART_OF_A_NAME = new RegExp(
  [
    '^(?:/|(?:(?:java)?scripts?|js|build|static|node_modules|bower_components|[_.~][^/]*',
    String.raw`|v?(?:\d+\.)*\d+|[a-f\d]{7,8}|[a-f\d]{32}|[a-f\d]{40})/)+`,
    String.raw`|[-.][a-f\d]{7,}$`,
  ].join(''),
  'gi',
);

/** `checkout/pay` of `https://shop.test/static/js/v2.1/checkout/pay-3f2a9bc.min.js`: what stays the same between builds. */
export function moduleName(absPath: string): string {
  const [path = ''] = pathOf(absPath).split(/[?#]/, 1);
  const bare = path.replace(/\.[^./]*$/, '').replace(/\.min$/, '');
  const steps = bare.split('/');
  const hash = steps.findIndex((step) => /^(?:[a-f\d]{32}|[a-f\d]{40})$/i.test(step));
  return hash < 0 ? bare.replaceAll(NO_PART_OF_A_NAME, '') : steps.slice(hash + 1).join('/');
}
