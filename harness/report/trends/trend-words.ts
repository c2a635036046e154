/** Numbers of trends as words. */

/** `0.5 days`, `1 day`, `12 days`; a dash where nobody knows. */
export function formatDays(days: number | undefined): string {
  if (days === undefined) return '–';
  const rounded = days < 10 ? Number(days.toFixed(1)) : Math.round(days);
  return `${rounded} ${rounded === 1 ? 'day' : 'days'}`;
}

export function formatShare(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
