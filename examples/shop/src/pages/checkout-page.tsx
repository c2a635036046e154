/** Checkout: where to, how, and the order itself. */
import { useState } from 'react';
import type { Account, Address, ShippingOption } from '../../shared/types.ts';
import { AddressFields, readAddressFields } from '../components/address-fields.tsx';
import { Loaded } from '../components/loaded.tsx';
import { useCart } from '../hooks/use-cart.ts';
import { useResource } from '../hooks/use-resource.ts';
import { api } from '../lib/api.ts';
import { cartStore } from '../lib/cart-store.ts';
import { formatCount, formatMoney } from '../lib/format.ts';
import { navigate } from '../router.tsx';

export function CheckoutPage() {
  const account = useResource('account', api.account);
  return (
    <>
      <h1>Checkout</h1>
      <Loaded resource={account}>{(value) => <CheckoutForm account={value} />}</Loaded>
    </>
  );
}

function CheckoutForm({ account }: { account: Account }) {
  const { cart } = useCart();
  const [destination, setDestination] = useState(account.address);
  const [chosen, setChosen] = useState<ShippingOption>();
  const { country, postcode } = destination;
  const options = useResource(`${country} ${postcode}`, () => api.shipping(country, postcode));

  function changeDestination(address: Address): void {
    if (address.country === country && address.postcode === postcode) return;
    setDestination(address);
    setChosen(undefined);
  }

  async function order(form: FormData): Promise<void> {
    if (chosen === undefined) return;
    const { number } = await api.placeOrder(readAddressFields(form), chosen.id);
    await cartStore.load();
    navigate(`/orders/${number}`);
  }

  return (
    <form action={order}>
      <AddressFields address={account.address} onLeave={changeDestination} />
      <fieldset>
        <legend>Shipping</legend>
        <Loaded resource={options}>
          {(list) => <ShippingChoice options={list} chosen={chosen} choose={setChosen} />}
        </Loaded>
      </fieldset>
      <p>
        To pay: <strong>{formatMoney(cart.totalCents + (chosen?.cents ?? 0))}</strong>
      </p>
      <button type="submit" disabled={chosen === undefined}>
        Place the order
      </button>
    </form>
  );
}

interface ShippingChoiceProps {
  options: ShippingOption[];
  chosen: ShippingOption | undefined;
  choose: (option: ShippingOption) => void;
}

function ShippingChoice({ options, chosen, choose }: ShippingChoiceProps) {
  return options.map((option) => (
    <label key={option.id}>
      <input type="radio" name="shipping" checked={option.id === chosen?.id} onChange={() => choose(option)} />{' '}
      {option.label}, {formatCount(option.days, 'day')}, {formatMoney(option.cents)}
    </label>
  ));
}
