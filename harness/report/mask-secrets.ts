/** Secrets and personal numbers in texts that reports show: replaced by `***`, the words around them kept. */
import { RunRecord } from '../model/run-record.ts';
import { CARD_SHAPE, SECRET_SHAPES } from '../model/secret-shapes.ts';

const MASK = '***';

/** Names of values that are secret whatever they hold: `password`, `apiKey`, `access_token`, `x-auth-token`. */
const SECRET_NAME =
  /^(?:.*[-_.])?(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|private[-_]?key|authorization|cookie|credentials?|session[-_]?id|cvc|cvv)$/i;
/** The same in camel case, where the last word tells: `userPassword`, `authToken`. */
const SECRET_WORD = /[a-z0-9](?:Password|Passwd|Secret|Token|ApiKey|PrivateKey|Cookie|Credentials?)$/;

/** Cheap and wider than all the patterns below: most texts need none of them. */
const SUSPICIOUS =
  /bearer|basic |authorization|cookie|:\/\/|token|secret|pass|pwd|key|gh[a-z]_|github_pat|gl[a-z]+-|xox|sntry|npm_|akia|asia|eyj|sk[-_]|-----begin|sig=|code=|\d{4}/i;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(?:-----END \1-----|$)/g, `-----BEGIN $1-----${MASK}`],
  [
    /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(bearer|basic|digest|token|sentry)\s+)?[^\s"',;][^\r\n"']*/gi,
    `$1$2 ${MASK}`,
  ],
  [/\b(bearer|basic)\s+[\w.~+/-]{8,}=*/gi, `$1 ${MASK}`],
  [/\b((?:set-)?cookie["']?\s*:\s*["']?)[^\r\n"']+/gi, `$1${MASK}`],
  [/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#@"'<>]*:[^\s/?#@"'<>]+@/gi, `$1${MASK}@`],
  [/(https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/g, `$1${MASK}`],
  [
    /([?&;#](?:[\w.%-]*[-_.])?(?:access_?token|id_?token|token|api_?key|key|secret|client_?secret|password|passwd|pwd|sig|signature|code|auth)=)[^&\s"'<>#]+/gi,
    `$1${MASK}`,
  ],
  [
    /("(?:[\w-]*[-_])?(?:pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|private[-_]?key|[a-z]+(?:Password|Secret|Token|ApiKey))"\s*:\s*)"(?:[^"\\]|\\.)*"/g,
    `$1"${MASK}"`,
  ],
  ...SECRET_SHAPES.map((shape) => [new RegExp(shape, 'g'), MASK] as const),
];

const CARD = new RegExp(CARD_SHAPE, 'g');

/** Never throws; what holds no secret comes back as it was. */
export function maskSecrets(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  let masked = text;
  for (const [pattern, by] of PATTERNS) masked = masked.replace(pattern, by);
  return masked.replace(CARD, (digits) => (isCardNumber(digits.replace(/\D/g, '')) ? MASK : digits));
}

/** Luhn's checksum, over a length that cards have. */
function isCardNumber(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

const known = new WeakMap<RunRecord, RunRecord>();

/** The record as reports may show it. Every report calls it; the work is done once per record. */
export function maskRecord(record: RunRecord): RunRecord {
  const seen = known.get(record);
  if (seen !== undefined) return seen;
  const masked = RunRecord.parse(maskValue(record));
  known.set(record, masked);
  known.set(masked, masked);
  return masked;
}

function maskValue(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map((one) => maskValue(one));
  if (typeof value !== 'object' || value === null) return value;
  // Only what was seen in the app goes by the names that the app gave; the model's own keys are no secrets.
  const isSeen = name === 'seen' || SEEN.has(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isSeen && holdsSecret(key, inner) ? MASK : maskValue(inner, isSeen ? 'seen' : key),
    ]),
  );
}

/** Keys of the model below which the app's own names stand. */
const SEEN = new Set(['values', 'vars', 'data', 'tags', 'variables']);

function holdsSecret(name: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return false;
  return SECRET_NAME.test(name) || SECRET_WORD.test(name);
}
