/** The members' directory. */
import { Router } from 'express';
import { findMember, listMembers } from '../members.js';

export function memberRoutes() {
  const routes = Router();
  routes.get('/members', (request, response) => response.json(listMembers(request.query.q ?? '')));
  routes.get('/members/:id', (request, response) => response.json(findMember(request.params.id)));
  return routes;
}
