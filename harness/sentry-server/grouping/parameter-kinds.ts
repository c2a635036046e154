/** What varies in messages, kind by kind, in the order in which the kinds are tried at each position. */

/** Numbers and ids may touch an underscore, but no other letter or digit. */
const START = '(?<![0-9A-Za-z])';
const END = '(?![0-9A-Za-z])';
/** A dash between letters or digits joins them; anywhere else it is a minus. */
const SIGN = `(?:${START}-|${START})`;

/** The most used top-level domains; a complete list would take file names for hosts. */
const TLDS = [
  'com|net|org|edu|gov|info|biz|io|app|xyz|pro|cat|jobs|mobi|news|link|site|online|club|wiki|tips|xxx',
  'de|uk|fr|it|es|pt|nl|be|lu|ch|at|ie|dk|se|no|fi|is|pl|cz|sk|hu|si|hr|rs|bg|ro|gr|ee|lt|lv|by|ua|ru|tr|eu|me|al|cy',
  'us|ca|mx|br|ar|cl|co|pe|la|cr|gq|ga|cf|tk|ws',
  'cn|jp|kr|tw|hk|sg|my|th|vn|id|ph|in|ir|il|ae|sa|kz|pk|lk',
  'au|nz|to|tv|fm|cc|ms|ly|ug|ng|za|ke|ma',
].join('|');

const LABEL = '[A-Za-z0-9-]{1,63}';

const BYTE = '(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
const IPV4 = `${BYTE}(?:\\.${BYTE}){3}`;
const GROUP = '[0-9A-Fa-f]{1,4}';
const GROUPS = `${GROUP}(?::${GROUP}){0,6}`;
const IPV6 = `(?:${GROUP}:){7}${GROUP}|(?:${GROUPS})?::(?:(?:${GROUP}:){0,5}${IPV4}|${GROUPS}(?:%[0-9A-Za-z]{1,32})?)?`;

const PAIR = '[0-9A-Fa-f]{2}';
const MAC = `${PAIR}(?:(?::${PAIR}){5}|(?:-${PAIR}){5}|(?:\\s${PAIR}){5})|[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){2}`;

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const DAY = '(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)';
const LONG_DAY = '(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day';
const ZONE = '(?:[+-]\\d{2}[0-5]\\d|UT|GMT|[ECMP][SD]T|[A-IK-Z])';
const ISO_DAY = '\\d{4}-?[01]\\d-?[0-3]\\d';
const ISO_TIME = '[0-2]\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,12})?)?';
const DATE = [
  // RFC 822 and 1123, RFC 850, and as C and JavaScript print them.
  `(?:${DAY},\\s)?\\d{1,2}\\s${MONTH}\\s\\d{2,4}\\s\\d{1,2}:\\d{1,2}(?::\\d{1,2})?\\s${ZONE}`,
  `(?:${DAY}|${LONG_DAY}),\\s\\d{2}-${MONTH}-\\d{2}\\s\\d{2}:\\d{2}:\\d{2}\\s${ZONE}`,
  `${DAY}\\s${MONTH}\\s\\d{2}\\s\\d{4}\\s\\d{2}:\\d{2}:\\d{2}\\sGMT[+-]\\d{4}(?:\\s\\([^)]{1,64}\\))?`,
  `(?:${DAY}\\s{1,9})?${MONTH}\\s{1,9}\\d{1,2}\\s{1,9}\\d{2}:\\d{2}:\\d{2}\\s{1,9}\\d{4}`,
  `(?:${DAY}\\s)?${MONTH}\\s[0-3]\\d,\\s\\d{2,4}`,
  // ISO 8601, with and without its dashes and colons.
  `${ISO_DAY}[\\sT]${ISO_TIME}(?:Z|[+-][0-2]\\d:?[0-5]\\d)?`,
  '[1-9]\\d?:\\d{2}(?::\\d{2})?(?:\\s?[AaPp][Mm])?',
  '\\d{4}-[01]\\d-[0-3]\\d',
  '[0-2]\\d:[0-5]\\d:[0-5]\\d',
  'datetime\\.datetime\\(.{0,200}?\\)',
].join('|');

const NUMBER_WITH_LETTER = ['a-f', 'A-F'].map((abc) => `(?=[${abc}]*\\d)(?=\\d*[${abc}])[0-9${abc}]{4,6}`).join('|');
const HEX = `0[xX][0-9A-Fa-f]{1,128}|${NUMBER_WITH_LETTER}|[0-9a-f]{8,128}|[0-9A-F]{8,128}`;

/** At least three changes between letters and digits; short ones need letters of both cases as well. */
const RANDOM_ID =
  '(?=[A-Za-z0-9]{6}|(?=[a-z0-9]*[A-Z])[A-Z0-9]*[a-z])(?:[A-Za-z]+[0-9]+[A-Za-z]+[0-9]|[0-9]+[A-Za-z]+[0-9]+[A-Za-z])[A-Za-z0-9]*';

export const PARAMETER_KINDS: readonly (readonly [name: string, pattern: string])[] = [
  // As HTML's <input type=email> takes them: a host needs no dot.
  ['email', `[\\w.!#$%&'*+/=?^\`{|}~-]{1,64}@${LABEL}(?:\\.${LABEL}){0,8}`],
  ['url', '\\b(?:https?|wss?|ftp)://[^\\s/$.?#].\\S*'],
  ['hostname', `\\b(?:${LABEL}\\.){1,8}(?:${TLDS}|${TLDS.toUpperCase()})\\b(?!\\.[A-Za-z0-9])`],
  ['mac', `\\b(?:${MAC})\\b`],
  ['ip', `(?<![0-9A-Za-z_])(?:${IPV6})(?![0-9A-Za-z])|(?<![\\w]|\\d\\.)${IPV4}(?![\\w]|\\.\\d)`],
  ['traceparent', '\\b(?:00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|1-[0-9a-f]{8}-[0-9a-f]{24})\\b'],
  ['uuid', '\\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\b'],
  ['sha1', '\\b[0-9A-Fa-f]{40}\\b'],
  ['md5', '\\b[0-9A-Fa-f]{32}\\b'],
  ['date', DATE],
  ['duration', '\\b\\d{1,20}ms\\b|\\b\\d{1,20}(?:\\.\\d{1,20})?s\\b'],
  ['swift_txn_id', '\\btx[0-9a-f]{21}-[0-9a-f]{10}\\S*'],
  ['hex', `${SIGN}(?:${HEX})${END}`],
  ['git_sha', `${START}(?=[a-f]*\\d)(?=\\d*[a-f])[0-9a-f]{7}${END}`],
  ['random_id', `${START}${RANDOM_ID}${END}`],
  ['float', `(?<!\\d\\.)${SIGN}\\d{1,64}\\.\\d{1,64}(?!\\w|\\.\\d)`],
  ['int', `${SIGN}\\d{1,7}${END}`],
  ['quoted_str', `(?<==)(?:'[^']+'|"[^"]+")`],
  ['bool', '(?<==)(?:[Tt]rue|[Ff]alse)'],
];
