/** An arrow property became a method that is still handed over without its object. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'cart-methods',
  title: 'The cart store’s method is called without its cart',
  template: 'bind-this',
  location: 'same-function',
  commit: { subject: 'Cart store: plain methods throughout' },
  edits: [
    {
      file: 'src/lib/cart-store.ts',
      find: `  load = (): Promise<void> => this.change(() => api.cart());

  empty = (): Promise<void> => this.change(() => api.emptyCart());
`,
      replace: `  async load(): Promise<void> {
    await this.change(() => api.cart());
  }

  async empty(): Promise<void> {
    await this.change(() => api.emptyCart());
  }
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the cart adds up while amounts change, and can be emptied',
    file: 'src/lib/cart-store.ts',
    line: 'async empty(): Promise<void> {',
  },
  mendable: true,
  humanFix: [
    {
      file: 'src/pages/cart-page.tsx',
      find: 'onClick={cartStore.empty}',
      replace: 'onClick={() => cartStore.empty()}',
    },
  ],
};
