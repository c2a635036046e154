/** Noise that the configuration tells to overlook: errors of scripts that others serve, of extensions, of tests themselves. */

/** `mutes` are sources of patterns; one that matches anywhere in any of the texts is enough, and case does not count. */
export function isMuted(texts: readonly (string | undefined)[], mutes: readonly string[] = []): boolean {
  return mutes.some((mute) => {
    const pattern = new RegExp(mute, 'i');
    return texts.some((text) => text !== undefined && pattern.test(text));
  });
}
