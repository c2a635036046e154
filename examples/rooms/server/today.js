/** The day it is in the house, for all its members: a Tuesday. */
export const TODAY = '2026-05-12';
