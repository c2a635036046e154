/** Remembers what was worked out from a text, by the whole text: the ones used longest ago make room. */

/** Longer texts have no hash of their own in a `Map`. */
const LONGEST = 16_000;

export class TextMemory<T> {
  readonly #known = new Map<string, T>();
  readonly #limits: { readonly chars: number; readonly sizeOf: (value: T) => number };
  #chars = 0;

  /** `chars` bounds the texts and what `sizeOf` says of their values, together. */
  constructor(bounds: { readonly chars: number; readonly sizeOf: (value: T) => number }) {
    this.#limits = bounds;
  }

  get(text: string): T | undefined {
    const value = this.#known.get(text);
    if (value === undefined) return undefined;
    this.#known.delete(text);
    this.#known.set(text, value);
    return value;
  }

  /** The text must be new. */
  set(text: string, value: T): void {
    const { chars, sizeOf } = this.#limits;
    if (text.length > LONGEST) return;
    this.#known.set(text, value);
    this.#chars += text.length + sizeOf(value);
    for (const [oldest, old] of this.#known) {
      if (this.#chars <= chars) return;
      this.#known.delete(oldest);
      this.#chars -= oldest.length + sizeOf(old);
    }
  }
}
