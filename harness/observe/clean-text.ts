/** Text of strangers made fit for a record: no control characters, no colours, no secrets in addresses, bounded. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const SECRET = /^(?:.*(?:token|secret|password|passwd|api_?key|auth|session|signature).*|code|key)$/i;

export function cleanText(text: string, limit: number): string {
  return text.replace(ANSI, '').replace(CONTROL, '').slice(0, limit);
}

/** Values of parameters that look like secrets become `***`, in the query as in the fragment; user and password go. */
export function cleanUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return cleanText(url, 2_000);
  for (const name of new Set(parsed.searchParams.keys())) {
    if (SECRET.test(name)) parsed.searchParams.set(name, '***');
  }
  // Sign-in providers hand their tokens back behind the `#`.
  parsed.hash = parsed.hash.replace(/([^#&?=]+)=[^&]*/g, (pair, name: string) =>
    SECRET.test(name) ? `${name}=***` : pair,
  );
  parsed.username = '';
  parsed.password = '';
  return cleanText(parsed.href, 2_000);
}
