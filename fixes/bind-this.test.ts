import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './bind-this.ts';

const READ_ITEMS = "Cannot read properties of undefined (reading 'items')";

fixerTable(fixer, {
  offers: [
    [
      'a method that is handed over in many ways',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart {\n  count() {\n    return this.items.length;\n  }\n}\nconst a = cart.count;\nconst b = { c: cart.count };\nconst d = [cart.count];\ngo(cart.count);\nconst e = <p on={cart.count} />;\nconst f = () => { return cart.count; };\ncart.count();\ncart.count.name;',
    ],
    [
      'an async method with parameters',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart {\n  async count(a: number, b = 2): Promise<number> {\n    return this.items.length;\n  }\n}',
    ],
    [
      'a method of an object',
      { message: READ_ITEMS, at: 'return this.items' },
      'const cart = {\n  count() {\n    return this.items.length;\n  },\n};\ngo(cart.count);',
    ],
    [
      'a call of a method',
      { message: 'this.draw is not a function', at: 'this.draw' },
      'class A {\n  go() {\n    this.draw();\n  }\n  on(a) { a.on(this.go); }\n}',
    ],
    [
      'a method in a file without semicolons',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart {\n  count() {\n    return this.items.length\n  }\n}',
    ],
  ],
  cures: [
    [
      'a method of a class',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  count() {\n    return this.items;\n  }\n}',
      'class Cart {\n  count = () => {\n    return this.items;\n  };\n}',
    ],
    [
      'an async method',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  async count() {\n    return this.items;\n  }\n}',
      'class Cart {\n  count = async () => {\n    return this.items;\n  };\n}',
    ],
    [
      'a method with a parameter and a type',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  count(a: number): number {\n    return this.items + a;\n  }\n}',
      'class Cart {\n  count = (a: number): number => {\n    return this.items + a;\n  };\n}',
    ],
    [
      'a method of an object, where it is handed over',
      { message: READ_ITEMS, at: 'return' },
      'const cart = {\n  count() {\n    return this.items;\n  },\n};\non(cart.count);',
      'const cart = {\n  count() {\n    return this.items;\n  },\n};\non(cart.count.bind(cart));',
    ],
    [
      'a listener whose object lacks the method',
      { message: 'this.render is not a function', at: 'this.render' },
      "class Button {\n  show(node) {\n    node.addEventListener('click', this.toggle);\n  }\n  toggle() {\n    this.render();\n  }\n}",
      "class Button {\n  show(node) {\n    node.addEventListener('click', this.toggle.bind(this));\n  }\n  toggle() {\n    this.render();\n  }\n}",
    ],
    [
      'a member that the element has not, on which the method is called',
      { message: "Cannot read properties of undefined (reading 'id')", at: 'this.room.id' },
      "class Star {\n  draw(button) {\n    button.addEventListener('click', this.toggle);\n  }\n  toggle() {\n    save(this.room.id);\n  }\n}",
      "class Star {\n  draw(button) {\n    button.addEventListener('click', this.toggle.bind(this));\n  }\n  toggle() {\n    save(this.room.id);\n  }\n}",
    ],
  ],
  leaves: [
    [
      'a method of another object',
      { message: 'cart.render is not a function', at: 'cart.render' },
      'class A {\n  f() {\n    cart.render();\n  }\n}',
    ],
    [
      'another receiver',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  count() {\n    return other.items;\n  }\n}',
    ],
    [
      'a static method',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  static count() {\n    return this.items;\n  }\n}',
    ],
    [
      'a generator',
      { message: READ_ITEMS, at: 'return' },
      'class Cart {\n  *count() {\n    return this.items;\n  }\n}',
    ],
    ['a plain function', { message: READ_ITEMS, at: 'return' }, 'function count() {\n  return this.items;\n}'],
    [
      'a member of an object whose method nobody hands over',
      { message: "Cannot read properties of undefined (reading 'id')", at: 'this.room.id' },
      'class Star {\n  draw() {\n    this.toggle();\n  }\n  toggle() {\n    save(this.room.id);\n  }\n}',
    ],
    [
      'a method with types of its own',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart {\n  count<T>(a: T) {\n    return this.items.length;\n  }\n}',
    ],
    [
      'a static method',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart {\n  static count() {\n    return this.items.length;\n  }\n}',
    ],
    [
      'a method that asks its parent',
      { message: READ_ITEMS, at: 'return this.items' },
      'class Cart extends A {\n  count() {\n    super.count(); return this.items.length;\n  }\n}',
    ],
  ],
});
