/** What `init` can write a night for. */
export const CI = ['github', 'gitlab', 'script'] as const;
export type Ci = (typeof CI)[number];
