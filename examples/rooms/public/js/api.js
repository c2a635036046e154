/** Talks to the server. */

/** An answer that was not what was asked for; its message is fit for members. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function send(method, path, body) {
  const response = await fetch(`/api${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new ApiError(response.status, answer.message);
  return answer;
}

export const api = {
  rooms: ({ seats, equipment, sort }) =>
    send('GET', `/rooms?${new URLSearchParams({ seats, equipment: equipment.join(','), sort })}`),
  room: (id) => send('GET', `/rooms/${id}`),
  day: (id, date) => send('GET', `/rooms/${id}/day?date=${date}`),
  quote: (id, wishes) => send('POST', `/rooms/${id}/quote`, wishes),
  bookings: () => send('GET', '/bookings'),
  book: (booking) => send('POST', '/bookings', booking),
  cancel: (id) => send('DELETE', `/bookings/${id}`),
  calendarFile: (id) => send('GET', `/bookings/${id}/calendar`),
  members: (text) => send('GET', `/members?${new URLSearchParams({ q: text })}`),
  member: (id) => send('GET', `/members/${id}`),
  invoices: () => send('GET', '/invoices'),
  invoice: (number) => send('GET', `/invoices/${number}`),
  house: (date) => send('GET', date === null ? '/house' : `/house?date=${date}`),
  occupancy: (time) => send('GET', `/occupancy?at=${time}`),
  usage: () => send('GET', '/usage'),
  search: (text) => send('GET', `/search?${new URLSearchParams({ q: text })}`),
};
