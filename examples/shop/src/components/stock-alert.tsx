/** Asks to be told when a sold-out product is back. */
import { useState } from 'react';
import { ApiError, api } from '../lib/api.ts';

export function StockAlert({ slug }: { slug: string }) {
  const [note, setNote] = useState('');

  async function ask(form: FormData): Promise<void> {
    setNote(await askForAlert(slug, String(form.get('email'))));
  }

  return (
    <form action={ask}>
      <p>This one is sold out. Shall we tell you when it is back?</p>
      <label>
        E-mail <input name="email" type="email" required />
      </label>
      <button type="submit">Tell me</button>
      {note && <p role="status">{note}</p>}
    </form>
  );
}

/** What to tell the visitor; being on the list already is no error. */
async function askForAlert(slug: string, email: string): Promise<string> {
  try {
    const { message } = await api.stockAlert(slug, email);
    return message;
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return error.message;
    throw error;
  }
}
