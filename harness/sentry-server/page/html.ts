/** HTML with every hole escaped. */
export interface Html {
  readonly html: string;
}

type Hole = string | number | Html | readonly Html[];

export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  return {
    html: parts.map((part, index) => (index === 0 ? part : `${shown(holes[index - 1] ?? '')}${part}`)).join(''),
  };
}

function shown(hole: Hole): string {
  if (typeof hole === 'string' || typeof hole === 'number') return escapeHtml(String(hole));
  return 'html' in hole ? hole.html : hole.map((one) => one.html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
