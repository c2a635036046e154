/** Books a room: the price follows what the member fills in. */
import { api } from '../api.js';
import { priceSummary } from '../components/price-summary.js';
import { html, render } from '../html.js';
import { formatEuros } from '../lib/format.js';
import { navigate } from '../router.js';

export async function showBookingForm(place, { id }) {
  const [room, { today }] = await Promise.all([api.room(id), api.house(null)]);
  render(
    place,
    html`<h1>Book ${room.name}</h1>
      <form aria-label="Booking">
        <label>For <input name="title" required /></label>
        <label>Day <input name="date" type="date" value="${today}" required /></label>
        <label>From <input name="from" type="time" value="09:00" required /></label>
        <label>To <input name="to" type="time" value="10:00" required /></label>
        <label>Guests <input name="guests" type="number" min="1" max="${room.seats}" value="1" /></label>
        <fieldset>
          <legend>With</legend>
          ${room.addOns.map((addOn) => addOnBox(addOn))}
        </fieldset>
        <output aria-label="Costs"></output>
        <button>Book</button>
        <p role="status"></p>
      </form>`,
  );
  const form = place.querySelector('form');
  let asked = 0;
  const showPrice = async () => {
    const turn = ++asked;
    const quote = await api.quote(id, wishesIn(form));
    // An answer may come later than that to a newer question.
    if (turn === asked) render(form.querySelector('output'), priceSummary(quote));
  };
  form.addEventListener('change', showPrice);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await api.book({ ...wishesIn(form), roomId: id });
      await navigate('/bookings');
    } catch (error) {
      form.querySelector('[role=status]').textContent = error.message;
    }
  });
  await showPrice();
}

function addOnBox(addOn) {
  const price = `${formatEuros(addOn.cents)}${addOn.perGuest ? ' a guest' : ''}`;
  return html`<label><input type="checkbox" name="addOns" value="${addOn.id}" /> ${addOn.name}, ${price}</label>`;
}

function wishesIn(form) {
  const data = new FormData(form);
  return {
    title: data.get('title'),
    date: data.get('date'),
    from: data.get('from'),
    to: data.get('to'),
    guests: Number(data.get('guests')),
    addOns: data.getAll('addOns'),
  };
}
