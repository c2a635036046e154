/** The customer's account: name, e-mail and address. */
import { useState } from 'react';
import type { Account } from '../../shared/types.ts';
import { AddressFields, readAddressFields } from '../components/address-fields.tsx';
import { Loaded } from '../components/loaded.tsx';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';

export function AccountPage() {
  const resource = useResource('account', api.account);
  return (
    <>
      <h1>Your account</h1>
      <Loaded resource={resource}>{(account) => <AccountForm account={account} />}</Loaded>
    </>
  );
}

function AccountForm({ account }: { account: Account }) {
  const [saved, setSaved] = useState<Account>();

  async function save(form: FormData): Promise<void> {
    const name = String(form.get('name'));
    const email = String(form.get('email'));
    setSaved(await api.saveAccount({ name, email, address: readAddressFields(form) }));
  }

  const current = saved ?? account;
  return (
    <form action={save} key={JSON.stringify(current)}>
      <label>
        Name <input name="name" defaultValue={current.name} required />
      </label>
      <label>
        E-mail <input name="email" type="email" defaultValue={current.email} required />
      </label>
      <AddressFields address={current.address} />
      <button type="submit">Save</button>
      {saved && <p role="status">Saved for {saved.name}.</p>}
    </form>
  );
}
