// Text into HTML: what the page is made of is escaped here and nowhere else.
import { Marked } from 'marked';

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escape = (text) => String(text).replace(/[&<>"']/g, (character) => entities[character]);

// html`<b>${text}</b>` escapes `text`; what html made, and lists of it, go in as they are.
class Html {
  constructor(text) {
    this.text = text;
  }
}
const spelled = (value) => {
  if (value === undefined || value === null || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(spelled).join('');
  return escape(value);
};
export const html = (parts, ...values) => new Html(parts.reduce((text, part, index) => text + spelled(values[index - 1]) + part));

// The documents link to one another by file name, the page has both.
const places = { 'asyncapi.yaml': '#events', 'openapi.yaml': '#calls' };
const markdown = new Marked({
  renderer: {
    html: ({ text }) => escape(text),
    link: ({ href, text }) => html`<a class="link" href="${places[href] ?? href}">${text}</a>`.text,
  },
});
export const prose = (text) => (text ? new Html(`<div class="prose">${markdown.parse(text)}</div>`) : '');
export const line = (text) => (text ? new Html(markdown.parseInline(text.trim())) : '');

const tokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null|-?\d+(?:\.\d+)?)\b/g;

// JSON with its names, texts and values told apart.
export function code(value) {
  const text = typeof value === 'string' ? value : compact(value);
  const coloured = escape(text).replaceAll('&quot;', '"').replace(tokens, (all, string, colon, literal) => {
    if (literal) return `<b>${literal}</b>`;
    return colon ? `<i>${string}</i>${colon}` : `<q>${string}</q>`;
  });
  return new Html(`<pre tabindex="0"><code>${typeof value === 'string' ? escape(text) : coloured}</code></pre>`);
}

// JSON on several lines, but for objects and lists that fit on one.
export function compact(value, indent = '') {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== 'object' || flat.length + indent.length <= 44) return spaced(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const items = list
    ? value.map((item) => inner + compact(item, inner))
    : Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${compact(item, inner)}`);
  return `${list ? '[' : '{'}\n${items.join(',\n')}\n${indent}${list ? ']' : '}'}`;
}

function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const items = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${spaced(item)}`);
  return items.length > 0 ? `{ ${items.join(', ')} }` : '{}';
}
