/** The text that a browser has for an error, taken apart. */

export interface ErrorText {
  readonly message: string;
  readonly errorType?: string;
  readonly stack?: string;
}

/** `TypeError: no total\n    at …`; a text without frames is its own message. */
export function parseError(text: string): ErrorText {
  const frames = /\n\s+at [^\n]|\n[^\s@\n]*@\S+:\d+:\d+/.exec(text);
  const head = frames ? text.slice(0, frames.index) : text;
  const [, errorType, message = ''] = /^([\w$.]*(?:Error|Exception)): ?(.*)$/s.exec(head) ?? [];
  return {
    message: errorType === undefined ? head : message,
    ...(errorType !== undefined && { errorType }),
    ...(frames && { stack: text }),
  };
}
