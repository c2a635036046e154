/** HTTP methods that ask and change nothing. Imports nothing: it is loaded into every worker. */
export const READING_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
