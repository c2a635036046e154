/** Searches by what a release is rather than by its name: the latest, or by the parts of its version. */
import type { ServerParts } from '../server-parts.ts';
import { listProjects } from '../storage/projects.ts';
import { compareVersions, parseVersion } from '../storage/release-order.ts';
import { latestRelease, listVersions } from '../storage/releases.ts';
import { badRequest } from './api-error.ts';
import type { Filter } from './search-query.ts';
import { betweenWildcards, hasWildcard, matchesPattern } from './wildcards.ts';

/** A filter of `release` that lists the names; other filters come back as they are. `latest` means the newest of each project. */
export function asReleases(parts: ServerParts, filter: Filter): Filter {
  if (filter.key === 'release' && filter.values.includes('latest')) {
    const newest = listProjects(parts.db).flatMap((project) => latestRelease(parts.db, project.id)?.version ?? []);
    const named = newest.map(asItself);
    return { ...filter, values: [...filter.values.filter((value) => value !== 'latest'), ...named] };
  }
  if (!PARTS.has(filter.key)) return filter;
  const tests = filter.values.map((value) => testOf(filter, value));
  const versions = listVersions(parts.db).filter((version) => tests.some((test) => test(version)));
  return { key: 'release', isNegated: filter.isNegated, operator: '=', values: versions.map(asItself) };
}

const PARTS = new Set(['release.version', 'release.package', 'release.build']);

/** No star of a name is a wildcard. */
function asItself(version: string): string {
  return version.replaceAll('*', '\\*');
}

function testOf({ key, operator }: Filter, value: string): (version: string) => boolean {
  if (key === 'release.version') return versionTest(operator, value);
  if (key === 'release.build') return buildTest(operator, value);
  return (version) => matchesPattern(value, parseVersion(version)?.package ?? '');
}

function versionTest(operator: Filter['operator'], value: string): (version: string) => boolean {
  if (hasWildcard(value)) {
    const [numbers] = betweenWildcards(value);
    if (operator !== '=' || !/^(?:\d{1,9}\.)*\*$/.test(value)) throw badVersion(value);
    return (version) => {
      const found = parseVersion(version);
      return found !== undefined && `${found.numbers.join('.')}.`.startsWith(numbers);
    };
  }
  const wanted = parseVersion(/^v?\d+(?:[-+]|$)/.test(value) ? value.replace(/\d+/, '$&.0') : value);
  if (wanted === undefined || wanted.package !== '') throw badVersion(value);
  return (version) => {
    const found = parseVersion(version);
    return found !== undefined && holds(compareVersions(found, wanted), operator);
  };
}

function badVersion(value: string): Error {
  return badRequest(`Invalid format for a semantic version: ${value}. Try 1.2.3, 1.2.*, >=1.2 or <2.0.0-rc.1.`);
}

function buildTest(operator: Filter['operator'], value: string): (version: string) => boolean {
  const buildOf = (version: string): string => parseVersion(version)?.build ?? '';
  if (operator === '=') return (version) => buildOf(version) !== '' && matchesPattern(value, buildOf(version));
  if (!/^\d{1,15}$/.test(value)) throw badRequest(`Invalid number: ${value}.`);
  return (version) => /^\d{1,15}$/.test(buildOf(version)) && holds(Number(buildOf(version)) - Number(value), operator);
}

function holds(order: number, operator: Filter['operator']): boolean {
  switch (operator) {
    case '=':
      return order === 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
  }
}
