/** How a scenario that is registered several times in one run tells its repetitions apart. Imports nothing: it is loaded into every worker. */

/** Between a title and the number of its repetition; nobody writes it by hand. */
export const REPETITION = ' \u21bb';
