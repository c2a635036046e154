/** The code hosts that Mendwright can open pull requests at. */
import { z } from 'zod';

export const ForgeKind = z.enum(['github', 'gitlab', 'bitbucket', 'azure', 'gitea']);
export type ForgeKind = z.infer<typeof ForgeKind>;
