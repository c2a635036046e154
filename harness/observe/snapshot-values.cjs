// Sent by its own text into the runtime that is paused at a throw, with the object to copy as `this`. It must use nothing
// outside itself, call no code of the app (no getter is asked), and hold no loop that the app's data could make endless.
'use strict';

module.exports = function snapshotValues(deepest) {
  const secret = /token|secret|passw|api_?key|authorization|cookie|session|signature|credit|iban|cvc/i;
  const mostKeys = 40;
  const mostItems = 5;
  const mostText = 200;
  // Over all of one copy: data may be wide on every level.
  let left = 600;

  function nameOf(fn) {
    const name = Object.getOwnPropertyDescriptor(fn, 'name');
    return name && typeof name.value === 'string' && name.value !== '' ? ` ${name.value}` : '';
  }

  function kindOf(value) {
    const text = Object.prototype.toString.call(value);
    return text.slice(8, -1);
  }

  function copyOf(value, depth) {
    left -= 1;
    if (value === undefined) return '<undefined>';
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return value - value === 0 ? value : `<${value}>`;
    if (typeof value === 'string') return value.length > mostText ? `${value.slice(0, mostText)}…` : value;
    if (typeof value === 'bigint') return `<${value}n>`;
    if (typeof value === 'symbol') return '<symbol>';
    if (typeof value === 'function') return `<function${nameOf(value)}>`;
    if (Array.isArray(value)) return listOf(value, depth);
    const kind = kindOf(value);
    if (kind === 'Date') {
      const time = Date.prototype.getTime.call(value);
      return time - time === 0 ? `<date ${Date.prototype.toISOString.call(value)}>` : '<invalid date>';
    }
    if (kind === 'Map' || kind === 'Set') return `<${kind} of ${value.size}>`;
    if (kind !== 'Object' && kind !== 'Error') return `<${kind}>`;
    return depth <= 0 || left <= 0 ? `<${kind}>` : keysOf(value, depth);
  }

  function listOf(list, depth) {
    if (depth <= 0 || left <= 0) return `<array of ${list.length}>`;
    const copy = [];
    for (let index = 0; index < list.length && index < mostItems; index++) copy[index] = valueAt(list, index, depth);
    if (list.length > mostItems) copy[mostItems] = `<${list.length - mostItems} more>`;
    return copy;
  }

  function keysOf(object, depth) {
    const names = Object.getOwnPropertyNames(object);
    const copy = {};
    for (let index = 0; index < names.length && index < mostKeys; index++) {
      const name = names[index];
      copy[name] = secret.test(name) ? '***' : valueAt(object, name, depth);
    }
    return copy;
  }

  function valueAt(object, name, depth) {
    try {
      const property = Object.getOwnPropertyDescriptor(object, name);
      if (property === undefined) return '<nothing>';
      return 'value' in property ? copyOf(property.value, depth - 1) : '<getter>';
    } catch {
      return '<unreadable>'; // A variable that is not initialised yet, or a proxy that throws.
    }
  }

  return copyOf(this, deepest);
};
