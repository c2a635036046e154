/** Markup as tagged templates: every hole is escaped, unless it holds markup itself. */
class Markup {
  constructor(text) {
    this.text = text;
  }
}

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(value) {
  return String(value).replace(/[&<>"']/g, (sign) => ESCAPES[sign]);
}

function textOf(value) {
  if (Array.isArray(value)) return value.map(textOf).join('');
  return value instanceof Markup ? value.text : escapeText(value);
}

export function html(strings, ...values) {
  return new Markup(String.raw({ raw: strings }, ...values.map(textOf)));
}

export function render(element, markup) {
  element.innerHTML = markup.text;
}
