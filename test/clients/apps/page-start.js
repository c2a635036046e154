// What every page of a client begins with. `window.sent` tells what it sent.
const { dsn, client } = window.settings;

export const sent = { client };
window.sent = sent;

export const user = { id: `u-${client}`, email: `${client}@example.org` };

// `see` is told the message and the id of each error event before it leaves; where it returns false, the event stays.
export function optionsWith(see) {
  return {
    dsn,
    release: client,
    environment: 'clients',
    tracesSampleRate: 1,
    beforeSend: (event) => {
      const value = event.exception?.values?.at(-1)?.value;
      if (value === `${client} failed`) sent.error = event.event_id;
      return see(value, event.event_id) === false ? null : event;
    },
  };
}
