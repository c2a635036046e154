/** An address as a form sends it, made tidy. */
import { HTTPException } from 'hono/http-exception';
import type { Address } from '../shared/types.ts';

// biome-ignore lint/suspicious/noExplicitAny: straight from a request's body, checked here
export function readAddress(form: any): Address {
  const address = {
    street: form.street.trim(),
    postcode: form.postcode.trim(),
    city: form.city.trim(),
    country: form.country,
  };
  if (Object.values(address).includes('')) throw new HTTPException(422, { message: 'Please give a whole address.' });
  return address;
}
