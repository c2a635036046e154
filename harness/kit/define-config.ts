/** Adds types to a configuration file, no more. */
import type { ConfigInput } from '../model/config.ts';

/** Returns its argument. Every key but `app.start` and `app.sources` has a default. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}
