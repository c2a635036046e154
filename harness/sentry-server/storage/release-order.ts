/**
 * Which release came after which: by semantic version where both have one and belong to one package, else by the date of the
 * release (when it was finalised, or when it was first heard of).
 */
import type { ReleaseRow } from './rows.ts';

interface Version {
  /** Before the `@`; empty without one. */
  readonly package: string;
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
  readonly build: string;
}

/** Python writes `1.0rc1` for `1.0-rc1`. */
const SEMVER =
  /^(?:(?<package>.+)@)?v?(?<numbers>\d{1,9}\.\d{1,9}(?:\.\d{1,9}){0,2})(?:-(?<pre>[0-9A-Za-z.-]+)|(?<word>(?:a|alpha|b|beta|c|rc|pre|preview)\d*))?(?:\+(?<build>[0-9A-Za-z.-]+))?$/;

export function parseVersion(release: string): Version | undefined {
  const parts = SEMVER.exec(release)?.groups;
  if (parts?.numbers === undefined) return undefined;
  return {
    package: parts.package ?? '',
    numbers: parts.numbers.split('.').map(Number),
    prerelease: parts.pre?.split('.') ?? parts.word?.match(/[a-z]+|\d+/g) ?? [],
    build: parts.build ?? '',
  };
}

type Dated = Pick<ReleaseRow, 'id' | 'version' | 'created_at' | 'released_at'>;

/** Below zero where `a` came before `b`. */
export function compareReleases(a: Dated, b: Dated): number {
  const [one, other] = [parseVersion(a.version), parseVersion(b.version)];
  if (one !== undefined && other !== undefined && one.package === other.package) {
    const order = compareVersions(one, other);
    if (order !== 0) return order;
  }
  return compareDates(a, b);
}

/** Of the newest one's package where that has versions, the highest; else the newest. */
export function latestOf<T extends Dated>(releases: readonly T[]): T | undefined {
  const newest = releases.toSorted(compareDates).at(-1);
  const version = newest === undefined ? undefined : parseVersion(newest.version);
  if (version === undefined) return newest;
  return releases
    .filter((one) => parseVersion(one.version)?.package === version.package)
    .toSorted(compareReleases)
    .at(-1);
}

function compareDates(a: Dated, b: Dated): number {
  return (a.released_at ?? a.created_at) - (b.released_at ?? b.created_at) || a.id - b.id;
}

/** By number, then by pre-release; the build decides nothing. */
export function compareVersions(a: Version, b: Version): number {
  for (let place = 0; place < Math.max(a.numbers.length, b.numbers.length); place += 1) {
    const order = (a.numbers[place] ?? 0) - (b.numbers[place] ?? 0);
    if (order !== 0) return order;
  }
  return comparePrereleases(a.prerelease, b.prerelease);
}

/** As semver.org says: a version without one is higher, numbers are below words. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0);
  for (let place = 0; place < Math.max(a.length, b.length); place += 1) {
    const [one, other] = [a[place], b[place]];
    if (one === undefined || other === undefined) return Number(other === undefined) - Number(one === undefined);
    if (one !== other) return compareWords(one, other);
  }
  return 0;
}

function compareWords(a: string, b: string): number {
  const [isNumber, otherIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && otherIsNumber) return Number(BigInt(a) - BigInt(b));
  if (isNumber !== otherIsNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}
