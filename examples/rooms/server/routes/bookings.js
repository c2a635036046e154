/** A member's own bookings. */
import { Router } from 'express';
import { addBooking, cancelBooking, describeBooking, findBooking, sortBookings } from '../bookings.js';
import { calendarFile } from '../calendar-file.js';
import { quoteOf } from '../prices.js';
import { findRoom } from '../rooms.js';

export function bookingRoutes() {
  const routes = Router();

  routes.get('/bookings', (request, response) => {
    const { upcoming, past } = sortBookings(request.session.bookings);
    response.json({ upcoming: upcoming.map(describeBooking), past: past.map(describeBooking) });
  });

  routes.post('/bookings', (request, response) => {
    const { totalCents } = quoteOf(findRoom(request.body.roomId), request.body, request.body.addOns);
    const booking = addBooking(request.session.bookings, request.body, totalCents);
    response.status(201).json(describeBooking(booking));
  });

  routes.delete('/bookings/:id', (request, response) => {
    response.json(describeBooking(cancelBooking(request.session.bookings, request.params.id)));
  });

  routes.get('/bookings/:id/calendar', (request, response) => {
    const booking = describeBooking(findBooking(request.session.bookings, request.params.id));
    response.json({ name: `booking-${booking.id}.ics`, text: calendarFile(booking) });
  });

  return routes;
}
