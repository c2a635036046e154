/** What a project may not want to hear of: Sentry's inbound filters, and 404s and broken networks. None is on unless asked for. */
import { isRecord } from '../../model/is-record.ts';
import { EventPayload, type Exception } from '../event/payload.ts';

/** The names are the reasons in the statistics; those that Sentry has are Sentry's. */
export const FILTER_NAMES = [
  'localhost',
  'legacy-browsers',
  'browser-extensions',
  'web-crawlers',
  'filtered-transaction',
  'not-found',
  'network-errors',
] as const;
export type FilterName = (typeof FILTER_NAMES)[number];

export interface InboundFilters {
  /** The first filter that the event falls to, undefined for none. */
  error(event: EventPayload): FilterName | undefined;
  /** Takes the item's JSON, and looks into it only where a filter is on. */
  transaction(json: unknown): FilterName | undefined;
  /** For spans that come without a transaction: by the name of their segment. */
  segment(name: string): FilterName | undefined;
}

type Filter = (event: EventPayload) => boolean;

const FILTERS: Readonly<Record<FilterName, Filter>> = {
  localhost: isFromLocalhost,
  'legacy-browsers': (event) => isLegacyBrowser(userAgent(event)),
  'browser-extensions': isFromExtension,
  'web-crawlers': (event) => CRAWLER.test(userAgent(event)),
  'filtered-transaction': (event) => isHealthCheck(event.transaction) || isHealthCheck(pathOf(event)),
  'not-found': isNotFound,
  'network-errors': isNetworkError,
};
/** The others judge an error's words. */
const OF_TRANSACTIONS = new Set<FilterName>(['localhost', 'legacy-browsers', 'web-crawlers', 'filtered-transaction']);

/** In the order of the names. */
export function inboundFilters(names: readonly FilterName[]): InboundFilters {
  const errors = FILTER_NAMES.filter((name) => names.includes(name));
  const transactions = errors.filter((name) => OF_TRANSACTIONS.has(name));
  return {
    error: (event) => errors.find((name) => FILTERS[name](event)),
    transaction: (json) => {
      const event = transactions.length === 0 ? undefined : EventPayload.read(json);
      return event && transactions.find((name) => FILTERS[name](event));
    },
    segment: (name) =>
      names.includes('filtered-transaction') && isHealthCheck(name) ? 'filtered-transaction' : undefined,
  };
}

const LOCAL_HOST = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i;
const LOCAL_ADDRESS = /^(?:127(?:\.\d{1,3}){3}|::1)$/;

function isFromLocalhost({ request, user }: EventPayload): boolean {
  const host = URL.parse(request?.url ?? '')?.hostname ?? '';
  return LOCAL_HOST.test(host) || LOCAL_ADDRESS.test(user?.ip_address ?? '');
}

function userAgent({ request }: EventPayload): string {
  return request?.headers?.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
}

/** Browsers whose version is below the one named; of Internet Explorer all. */
const LEGACY: readonly [RegExp, number][] = [
  [/(?:MSIE |Trident\/.*rv:)(?<version>\d{1,4})/, 12],
  [/Edge?\/(?<version>\d{1,4})/, 79],
  [/OPR\/(?<version>\d{1,4})/, 51],
  [/Opera Mini\/(?<version>\d{1,4})/, 35],
  [/Firefox\/(?<version>\d{1,4})/, 67],
  [/Chrom(?:e|ium)\/(?<version>\d{1,4})/, 63],
  [/Android (?<version>\d{1,4})/, 4],
  [/Version\/(?<version>\d{1,4})[\d.]* (?:Mobile\/\w+ )?Safari/, 12],
];

/** The first name that a browser gives is its own: Edge and Opera call themselves Chrome as well. */
function isLegacyBrowser(agent: string): boolean {
  for (const [pattern, oldest] of LEGACY) {
    const version = pattern.exec(agent)?.groups?.version;
    if (version !== undefined) return Number(version) < oldest;
  }
  return false;
}

const EXTENSION_CODE = /^(?:(?:chrome|moz|ms-browser|safari|safari-web)-extension|webkit-masked-url|extensions:):/i;
const EXTENSION_WORDS =
  /Extension context invalidated|Could not establish connection\. Receiving end does not exist|message port closed before a response/i;

function isFromExtension(event: EventPayload): boolean {
  const { value = '', stacktrace } = main(event);
  const frame = stacktrace?.frames.at(-1);
  return EXTENSION_CODE.test(frame?.abs_path ?? frame?.filename ?? '') || EXTENSION_WORDS.test(value);
}

const CRAWLER =
  /googlebot|google-inspectiontool|mediapartners-google|bingbot|bingpreview|yandexbot|baiduspider|duckduckbot|applebot|slurp|facebookexternalhit|twitterbot|linkedinbot|slackbot|petalbot|semrushbot|ahrefsbot|gptbot|claudebot/i;

const HEALTH_CHECK =
  /(?:^|[\s/])(?:_?health(?:[-_]?checks?|z)?|livez|liveness|readyz|readiness|ping|heartbeat)(?:\/?$|\?)/i;

/** `GET /healthz`, `/api/ping/`. */
function isHealthCheck(name: string | undefined): boolean {
  return name !== undefined && HEALTH_CHECK.test(name);
}

function pathOf({ request }: EventPayload): string | undefined {
  return URL.parse(request?.url ?? '')?.pathname;
}

const NOT_FOUND_TYPES = /^(?:Http404|NotFound|(?:\w{1,60})?(?:NotFoundError|NotFoundHttpException|NotFoundException))$/;
const NOT_FOUND_WORDS = /^(?:(?:HTTP )?404\b|not found$|page not found)|status(?: code)?:? 404\b/i;

/** A resource that was asked for and is not there; a module or a row that was not found is another matter. */
function isNotFound(event: EventPayload): boolean {
  const { type = '', value = '' } = main(event);
  const response = event.contexts?.response;
  const isAnswered404 = isRecord(response) && (response.status_code === 404 || response.status_code === '404');
  return isAnswered404 || NOT_FOUND_WORDS.test(value) || (NOT_FOUND_TYPES.test(type) && !/module/i.test(type + value));
}

const NETWORK_WORDS =
  /^(?:TypeError: )?(?:Failed to fetch|NetworkError|Load failed|Network request failed|Network Error|The network connection was lost|The Internet connection appears to be offline|The request timed out)|\b(?:ECONNRESET|ECONNREFUSED|ECONNABORTED|ETIMEDOUT|EPIPE|ENETUNREACH|EHOSTUNREACH|EAI_AGAIN)\b|socket hang up|net::ERR_/i;

function isNetworkError(event: EventPayload): boolean {
  const { type = '', value = '' } = main(event);
  return type === 'NetworkError' || NETWORK_WORDS.test(value);
}

/** The outermost exception, or the message in its place. */
function main({ exception, logentry }: EventPayload): Partial<Exception> {
  return exception?.at(-1) ?? { value: logentry?.formatted ?? logentry?.message };
}
