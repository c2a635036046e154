/** Who works in the house. */

import { Refusal } from './refusal.js';
import { readSeed } from './seed.js';

const MEMBERS = readSeed('members.json');

export function listMembers(text) {
  const wanted = text.trim().toLowerCase();
  const found = MEMBERS.filter((member) => wordsOf(member).includes(wanted));
  return found.toSorted((a, b) => a.name.localeCompare(b.name)).map(summarise);
}

function wordsOf(member) {
  return [member.name, companyOf(member), ...member.skills].join(' ').toLowerCase();
}

function companyOf(member) {
  return `${member.company.name}, ${member.company.city}`;
}

function summarise(member) {
  return { id: member.id, name: member.name, company: companyOf(member), skills: member.skills };
}

export function findMember(id) {
  const member = MEMBERS.find((one) => one.id === id);
  if (member === undefined) throw new Refusal(404, 'There is no such member.');
  return { ...summarise(member), since: member.since, contact: member.contact };
}
