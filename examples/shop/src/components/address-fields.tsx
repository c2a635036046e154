/** The fields of an address, filled with what we know, and how to read them from their form. */
import type { FocusEvent } from 'react';
import type { Address } from '../../shared/types.ts';

interface AddressFieldsProps {
  address: Address;
  /** Told of the address whenever a field is left. */
  onLeave?: (address: Address) => void;
}

export function AddressFields({ address, onLeave }: AddressFieldsProps) {
  function leave({ currentTarget }: FocusEvent<HTMLFieldSetElement>): void {
    if (currentTarget.form) onLeave?.(readAddressFields(new FormData(currentTarget.form)));
  }
  return (
    <fieldset onBlur={leave}>
      <legend>Address</legend>
      <label>
        Street <input name="street" defaultValue={address.street} required />
      </label>
      <label>
        Postcode <input name="postcode" defaultValue={address.postcode} required />
      </label>
      <label>
        City <input name="city" defaultValue={address.city} required />
      </label>
      <label>
        Country{' '}
        <select name="country" defaultValue={address.country}>
          <option value="NO">Norway</option>
          <option value="SE">Sweden</option>
          <option value="DE">Germany</option>
        </select>
      </label>
    </fieldset>
  );
}

export function readAddressFields(form: FormData): Address {
  return {
    street: String(form.get('street')),
    postcode: String(form.get('postcode')),
    city: String(form.get('city')),
    country: String(form.get('country')),
  };
}
