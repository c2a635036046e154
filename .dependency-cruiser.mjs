/** Who may import whom: the floors of docs/architecture.md as rules. Type imports count. */

/** A rule: files below `from` may import, of ours, only what is below one of `to`. */
function only(name, from, to, comment) {
  const allowed = [...to, from.path ?? from];
  return {
    name,
    severity: 'error',
    comment,
    from: { path: from.path ?? from, pathNot: '\\.test\\.ts$' },
    to: { path: '^(harness|fixes|scenarios|examples|test|bench|scripts)/', pathNot: allowed },
  };
}

const MODEL = '^harness/model/';
const KIT = '^harness/kit/';
const SOURCE_MAPS = '^harness/source-maps/';
const MARKUP = '^harness/markup/';
const WEB = '^harness/web/';
const REPORT = '^harness/report/';
const ROOMS = '^harness/(localisation|validation|publishing|doctor|watching)/';

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle hides who knows whom; a type that two files need lives below both.',
      from: {},
      to: { circular: true },
    },
    only('model-knows-nothing', MODEL, [], 'The nouns travel everywhere, so they rest on zod alone.'),
    {
      name: 'model-only-zod',
      severity: 'error',
      comment: 'The nouns rest on zod alone.',
      from: { path: MODEL },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer'], pathNot: 'node_modules/zod/' },
    },
    only('kit-knows-the-model', KIT, [MODEL], 'Fixers and scenarios import the kit: it must not pull in the machine.'),
    only(
      'source-maps-know-nothing',
      SOURCE_MAPS,
      [],
      'Texts in, places out: adapters and the embedded Sentry share it.',
    ),
    only('markup-knows-the-model', MARKUP, [MODEL], 'What pages are written with knows nothing of what they tell.'),
    only(
      'web-knows-the-model',
      WEB,
      [MODEL],
      'What adapters of web APIs and servers of ours share: pauses, bounded bodies, ports, who asks.',
    ),
    only(
      'review-knows-the-report',
      '^harness/review/',
      [MODEL, MARKUP, WEB, REPORT],
      'It shows what the report shows; what it does to the world comes in as tools.',
    ),
    only('report-knows-the-model', '^harness/report/', [MODEL, MARKUP], 'A report is a function of the record.'),
    only(
      'sentry-server-knows-the-model',
      '^harness/sentry-server/',
      [MODEL, MARKUP, WEB, SOURCE_MAPS],
      'The embedded Sentry could stand alone.',
    ),
    only(
      'observe-knows-the-model',
      '^harness/observe/',
      [MODEL],
      'It runs inside the app’s Playwright and must stay light.',
    ),
    only(
      'settings-know-the-model',
      '^harness/settings\\.ts$',
      [MODEL],
      'Settings are parsed before anything is built.',
    ),
    {
      name: 'adapters-know-the-model',
      severity: 'error',
      comment: 'One folder per outside world; one adapter never imports another.',
      from: { path: '^harness/adapters/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(harness|fixes|scenarios|examples|test)/',
        pathNot: ['^harness/adapters/$1/', MODEL, SOURCE_MAPS, WEB],
      },
    },
    only('rooms-know-model-and-kit', ROOMS, [MODEL, KIT], 'What they need of the world comes in as tools.'),
    {
      name: 'stages-stand-alone',
      severity: 'error',
      comment: 'A stage states its tools as an interface: it imports no adapter and no other stage.',
      from: { path: '^harness/stages/([^/]+)\\.ts$', pathNot: '\\.test\\.ts$' },
      to: { path: '^(harness|fixes|scenarios|examples|test)/', pathNot: [MODEL, KIT, ROOMS] },
    },
    only('loader-knows-the-kit', '^harness/load-fixers\\.ts$', [MODEL, KIT], 'Fixers are found by folder.'),
    {
      name: 'adapters-are-built-in-one-place',
      severity: 'error',
      comment: 'Only assembly builds adapters; the pipeline sees stages and tools.',
      from: { path: '^harness/pipeline\\.ts$' },
      to: { path: '^harness/(adapters|assembly|cli|report)/' },
    },
    {
      name: 'faces-are-on-top',
      severity: 'error',
      comment: 'Nobody imports the command line.',
      from: { pathNot: '^harness/cli/' },
      to: { path: '^harness/cli/' },
    },
    only('fixes-know-the-kit', '^fixes/', [KIT], 'A fixer is one file that anyone can write.'),
    only(
      'scenarios-know-the-kit',
      '^scenarios/',
      [KIT, '^harness/report/', MODEL, '^test/golden/'],
      'A scenario is a user’s deed.',
    ),
    {
      name: 'found-by-folder',
      severity: 'error',
      comment: 'Fixers and scenarios are found by folder; only tests may import them.',
      from: { path: '^harness/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(fixes|scenarios)/' },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      comment: 'What ships imports no test, bench or example.',
      from: { path: '^(harness|fixes)/', pathNot: ['\\.test\\.ts$'] },
      to: { path: '^(test|bench|examples|scripts)/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that leads nowhere hides a border.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|dist|\\.demo)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
