/** Rooms, their days and what they cost. */
import { Router } from 'express';
import { slotsOf } from '../calendar.js';
import { allAddOns, quoteOf } from '../prices.js';
import {
  allEquipment,
  equipmentNames,
  filterRooms,
  findRoom,
  reviewsOf,
  summarise,
  summariseReviews,
} from '../rooms.js';
import { TODAY } from '../today.js';

export function roomRoutes() {
  const routes = Router();

  routes.get('/rooms', (request, response) => {
    const { seats = '0', equipment = '', sort = 'name' } = request.query;
    const wanted = equipment.split(',').filter(Boolean);
    const rooms = filterRooms({ seats: Number(seats), equipment: wanted, sort }).map(summarise);
    response.json({ rooms, equipment: allEquipment() });
  });

  routes.get('/rooms/:id', (request, response) => {
    const room = findRoom(request.params.id);
    const reviews = reviewsOf(room);
    response.json({
      ...room,
      equipment: equipmentNames(room),
      addOns: allAddOns(),
      reviews: { ...summariseReviews(reviews), list: reviews },
    });
  });

  routes.get('/rooms/:id/day', (request, response) => {
    const room = findRoom(request.params.id);
    const date = request.query.date ?? TODAY;
    response.json({ date, slots: slotsOf(room, date, request.session.bookings) });
  });

  routes.post('/rooms/:id/quote', (request, response) => {
    const room = findRoom(request.params.id);
    response.json(quoteOf(room, request.body, request.body.addOns));
  });

  return routes;
}
