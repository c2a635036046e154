/** A method is handed to the button without its object. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'favourite-listener',
  title: 'The favourite button loses its object',
  template: 'bind-this',
  location: 'same-file',
  commit: { subject: 'Favourites: a simpler listener' },
  edits: [{ file: 'public/js/components/favourite-button.js', find: '() => this.toggle()', replace: 'this.toggle' }],
  expected: {
    result: 'branch-created',
    scenario: 'a favourite is remembered',
    file: 'public/js/components/favourite-button.js',
    line: "button.addEventListener('click', this.toggle);",
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/components/favourite-button.js',
      find: "'click', this.toggle)",
      replace: "'click', () => this.toggle())",
    },
  ],
};
