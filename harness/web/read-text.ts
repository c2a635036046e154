/** The body of an answer as text, within a bound. */

/** Undefined where it has more characters than `most`; the rest is not read. */
export async function readText(answer: Response, most: number): Promise<string | undefined> {
  if (answer.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  // Leaving the loop cancels the rest.
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > most) return undefined;
  }
  return text + decoder.decode();
}
