/** The house itself: opening hours, notices, how full it is, and the search over all of it. */
import { Router } from 'express';
import * as notices from '../notices.js';
import { hoursOn } from '../opening-hours.js';
import { search } from '../search.js';
import { occupancyAt, usageOf } from '../statistics.js';
import { TODAY } from '../today.js';

export function houseRoutes() {
  const routes = Router();

  routes.get('/house', (request, response) => {
    const date = request.query.date ?? TODAY;
    response.json({ today: TODAY, date, hours: hoursOn(date), notices: notices.noticesOn(date) });
  });

  routes.get('/occupancy', (request, response) => {
    response.json({ floors: occupancyAt(TODAY, request.query.at, request.session.bookings) });
  });

  routes.get('/usage', (request, response) => {
    response.json(usageOf(request.query.date ?? TODAY, request.session.bookings));
  });

  routes.get('/search', (request, response) => response.json(search(request.query.q ?? '')));

  return routes;
}
