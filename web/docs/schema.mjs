// JSON Schemas as lists of fields that people read.
import { html, line } from './html.mjs';

// `documents`: {'openapi.yaml': …, 'asyncapi.yaml': …}; a schema's references are followed into both.
export class Schemas {
  constructor(documents) {
    this.documents = documents;
  }

  follow(ref, home) {
    const [file, pointer] = ref.split('#');
    const names = pointer.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const document = file || home;
    return { value: names.reduce((at, name) => at[name], this.documents[document]), home: document, name: names.at(-1) };
  }

  // Without $ref and allOf: what it says itself wins over what it refers to. `home` is the document it stands in.
  resolve(schema, home) {
    if (!schema) return { schema: {}, home };
    if (schema.$ref) {
      const target = this.follow(schema.$ref, home);
      const base = this.resolve(target.value, target.home);
      const { $ref: _, properties, ...own } = schema;
      return { schema: { name: target.name, ...base.schema, ...own, properties: merge(base.schema.properties, properties) }, home: base.home };
    }
    if (!schema.allOf) return { schema, home };
    const parts = schema.allOf.map((part) => this.resolve(part, home));
    const { allOf: _, ...own } = schema;
    const all = [...parts.map((part) => part.schema), own];
    return {
      schema: {
        ...Object.assign({}, ...all),
        properties: all.map((part) => part.properties).reduce(merge),
        required: all.flatMap((part) => part.required ?? []),
      },
      home: parts[0].home,
    };
  }

  // "string, one of open, closed", "list of ids, at most 50".
  typeOf(written, home) {
    const { schema } = this.resolve(written, home);
    const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
    const variants = schema.oneOf ?? schema.anyOf;
    const or = [schema.type].flat().includes('null') || variants?.some((variant) => variant.type === 'null') ? ' or null' : '';
    if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
    if (schema.enum) return html`${schema.enum.map((value, index) => html`${index ? ', ' : ''}<code>${value}</code>`)}${or}`;
    if (schema.pattern === '^[0-9a-f]{24}$') return html`id${or}`;
    if (schema.format === 'date-time') return html`time${or}`;
    if (variants && types.length === 0) {
      const named = variants.filter((variant) => variant.type !== 'null');
      return html`${named.map((variant, index) => html`${index ? ' or ' : ''}${this.typeOf(variant, home)}`)}${or}`;
    }
    if (types[0] === 'array') return html`list of ${plural(this.typeOf(schema.items ?? {}, home).text)}${schema.maxItems ? `, at most ${thousands(schema.maxItems)}` : ''}`;
    return html`${types[0] === 'string' ? 'text' : types[0] ?? 'anything'}${bounds(schema)}${or}`;
  }

  // The fields of an object, each with its own below it.
  fields(written, home, depth = 0) {
    const { schema, home: at } = this.resolve(written, home);
    const object = schema.properties ? schema : this.innerObject(schema, at);
    const properties = Object.entries(object?.properties ?? {});
    if (properties.length === 0 || depth > 4) return '';
    return html`<ul class="fields">${properties.map(([name, property]) => {
      const { schema: resolved, home: place } = this.resolve(property, at);
      const optional = !(object.required ?? []).includes(name);
      return html`<li>
        <p><code class="name">${name}</code> <span class="type">${this.typeOf(property, at)}${resolved.default !== undefined ? html`; <code>${String(resolved.default)}</code> if left out` : ''}</span>${optional ? html` <span class="optional">optional</span>` : ''}</p>
        ${resolved.description ? html`<p class="meaning">${line(resolved.description)}</p>` : ''}
        ${this.fields(resolved, place, depth + 1)}
      </li>`;
    })}</ul>`;
  }

  // What a list, or one of several shapes, has inside.
  innerObject(schema, home) {
    if (schema.items) return this.asObject(schema.items, home);
    return (schema.oneOf ?? schema.anyOf ?? []).map((variant) => this.asObject(variant, home)).find((variant) => variant?.properties);
  }
  asObject(written, home) {
    const { schema, home: at } = this.resolve(written, home);
    return schema.properties ? schema : this.innerObject(schema, at);
  }
}

const merge = (a, b) => (a || b ? { ...a, ...Object.fromEntries(Object.entries(b ?? {}).map(([name, own]) => [name, a?.[name] ? { ...a[name], ...own } : own])) } : undefined);
const thousands = (number) => number.toLocaleString('en-GB');
const plural = (text) => ({ id: 'ids', object: 'objects', text: 'texts' })[text] ?? Object.assign(html``, { text });

function bounds({ maxLength, minimum, maximum }) {
  if (maxLength) return `, at most ${thousands(maxLength)} characters`;
  if (minimum !== undefined && maximum !== undefined) return `, ${thousands(minimum)} to ${thousands(maximum)}`;
  if (minimum !== undefined) return `, from ${thousands(minimum)}`;
  return maximum !== undefined ? `, at most ${thousands(maximum)}` : '';
}
