/** Inputs of our own about messages, fingerprints, checksums and reports, and what counts in them. */
import type { Row } from './row.ts';

export const OTHER_ROWS: readonly Row[] = [
  {
    input: 'message-template',
    why: 'the template goes before the text',
    default: ['user %s has %s carts'],
  },
  {
    input: 'message-of-many-lines',
    why: 'the first two lines that say something, and a mark for the rest',
    default: ['  first <int> \nsecond...'],
  },
  {
    input: 'message-that-varies',
    why: 'each kind of what varies is replaced by its name',
    default: [
      '<email> at <ip> asked <url> for <uuid> on <date>: <hostname> was <hex>, took <duration> (<float> of <int>), ' +
        'name=<quoted_str> ok=<bool>, build <git_sha>, mac <mac>, key <random_id>',
    ],
  },
  {
    input: 'fingerprint-of-variables',
    why: 'variables are filled in; what is missing or unknown says so',
    custom_fingerprint: [
      ...['GET /cart', 'TypeError', 'order <int> is lost', 'Cart.total', 'acme', '<no-value-for-tag-none>'],
      ...['error', 'shop', '<no-module>', '<unrecognized-variable-nonsense>', 'order 7 is lost'],
    ],
  },
  {
    input: 'fingerprint-mixed',
    why: 'the default stands for the content of each side',
    app: ['GET /cart', 'TypeError', 'cart.js', 'total', 'v2'],
    system: ['GET /cart', 'TypeError', 'call.js', 'call', 'cart.js', 'total', 'v2'],
  },
  {
    input: 'fingerprint-mixed-without-content',
    why: 'without content there is nothing to mix',
    fallback: [],
  },
  {
    input: 'fingerprint-default',
    why: 'the default alone changes nothing',
    default: ['boom <int>'],
  },
  {
    input: 'fingerprint-that-repeats-the-message',
    why: 'the words of the message are replaced as in the message, other words are not',
    custom_fingerprint: ['order <int> is lost', 'shop 7'],
  },
  {
    input: 'built-in-chunk',
    why: 'a chunk that cannot be loaded is one issue, wherever it was asked for',
    built_in_fingerprint: ['chunkloaderror'],
  },
  {
    input: 'built-in-hydration',
    why: 'a page that cannot be hydrated is one issue a page',
    built_in_fingerprint: ['hydrationerror', '/cart'],
  },
  {
    input: 'built-in-hydration-without-transaction',
    why: 'without a page the rule does not hold',
    app: ['Error', 'Text content does not match server-rendered HTML.'],
  },
  {
    input: 'built-in-after-client',
    why: 'a fingerprint of the sender goes before the built-in ones',
    custom_fingerprint: ['mine'],
  },
  {
    input: 'csp-foreign-image',
    why: 'the directive and the host of what was blocked',
    default: ['img-src', 'cdn.example'],
  },
  {
    input: 'csp-inline-script',
    why: "the page's own script goes by what it was not allowed",
    default: ['script-src', "'unsafe-inline'"],
  },
  {
    input: 'csp-data-font',
    why: 'a scheme without a host is written as an address',
    default: ['font-src', 'data://'],
  },
  {
    input: 'template',
    why: 'a template goes by file and line, before the message',
    default: ['shop/cart.html', '{% endfro %}'],
  },
  {
    input: 'nothing',
    why: 'nothing at all has the hash of nothing',
    fallback: [],
  },
];
