/** The rooms of the house, what stands in them and what members say of them. */

import { Refusal } from './refusal.js';
import { readSeed } from './seed.js';

const ROOMS = readSeed('rooms.json');
const EQUIPMENT = new Map(readSeed('equipment.json').map((thing) => [thing.id, thing]));
const REVIEWS = readSeed('reviews.json');

const ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name),
  price: (a, b) => a.hourlyCents - b.hourlyCents,
  seats: (a, b) => b.seats - a.seats,
};

export function allRooms() {
  return ROOMS;
}

export function findRoom(id) {
  const room = ROOMS.find((one) => one.id === id);
  if (room === undefined) throw new Refusal(404, 'There is no such room.');
  return room;
}

/** Rooms with enough seats and all of the equipment, in one of the known orders. */
export function filterRooms({ seats, equipment, sort }) {
  const fitting = ROOMS.filter((room) => room.seats >= seats && equipment.every((id) => room.equipment.includes(id)));
  return fitting.toSorted(ORDERS[sort] ?? ORDERS.name);
}

export function summarise(room) {
  const { id, name, floor, seats, hourlyCents } = room;
  return { id, name, floor, seats, hourlyCents, equipment: equipmentNames(room) };
}

/** What stands in the room, by name. */
export function equipmentNames(room) {
  return room.equipment.map((id) => EQUIPMENT.get(id).name);
}

export function allEquipment() {
  return [...EQUIPMENT.values()];
}

export function reviewsOf(room) {
  return REVIEWS[room.id] ?? [];
}

/** What the room page shows of its reviews; `latest` is null where nobody wrote one yet. */
export function summariseReviews(reviews) {
  if (reviews.length === 0) return { count: 0, average: null, latest: null };
  const latest = reviews.reduce((newest, review) => (review.on > newest.on ? review : newest));
  const stars = reviews.reduce((sum, review) => sum + review.stars, 0);
  return { count: reviews.length, average: stars / reviews.length, latest };
}
