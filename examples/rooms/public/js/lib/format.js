/** Amounts, counts and numbers as members read them. */
const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

export function formatEuros(cents) {
  return euros.format(cents / 100);
}

/** `1 hour`, `2.5 hours` */
export function formatHours(hours) {
  return plural(Number(hours.toFixed(1)), 'hour');
}

export function plural(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

export function formatShare(share) {
  return `${(share * 100).toFixed(0)} %`;
}

/** A number that can be dialled from anywhere. */
export function dialled(phone) {
  return phone.replace(/[^\d+]/g, '');
}
