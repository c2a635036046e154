/** Money, dates and counts, as the shop writes them. */
const money = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

export function formatMoney(cents: number): string {
  return money.format(cents / 100);
}

/** `2 Oct 2026`. */
export function formatDate(iso: string): string {
  return day.format(new Date(iso));
}

/** `1 article`, `2 articles`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
