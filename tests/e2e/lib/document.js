// docs/openapi.yaml as the contract tests read it: its operations, their examples, their schemas.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

export const documentFile = (name) => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
export const readDocument = (name) => parse(readFileSync(documentFile(name), 'utf8'));

// A document that is no schema itself but holds schemas, and the checks that it describes.
export class Schemas {
  constructor(document, name) {
    this.document = document;
    this.name = name;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, name, undefined, false);
  }

  // `pointer` names the schema: ['components', 'schemas', 'Room'].
  check(pointer, value, what) {
    const path = pointer.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')));
    const uri = `${this.name}#/${path.join('/')}`;
    const validate = this.ajv.getSchema(uri) ?? this.ajv.compile({ $ref: uri });
    const complaint = validate(value) ? '' : this.ajv.errorsText(validate.errors, { separator: '\n  ' });
    assert.equal(complaint, '', `${what} is not as documented:\n  ${complaint}\n  ${JSON.stringify(value)}`);
  }

  // What a $ref stands for, and where it is.
  resolve(pointer) {
    const value = pointer.reduce((at, part) => at?.[part], this.document);
    assert.ok(value !== undefined, `${this.name} has no ${pointer.join('/')}`);
    if (!value.$ref || Object.keys(value).length > 1) return { value, pointer };
    return this.resolve(value.$ref.slice(2).split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')));
  }
}

export const openapi = readDocument('openapi.yaml');
export const schemas = new Schemas(openapi, 'openapi.yaml');

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const merged = (schema) => {
  if (!schema?.$ref) return schema ?? {};
  const { value } = schemas.resolve(schema.$ref.slice(2).split('/'));
  return { ...merged(value), ...schema, $ref: undefined };
};
export { merged as schemaOf };

export class Operation {
  constructor(path, method) {
    this.path = path;
    this.method = method.toUpperCase();
    this.pointer = ['paths', path, method];
    this.details = openapi.paths[path][method];
    this.name = `${this.method} ${path}`;
    this.security = (this.details.security ?? openapi.security).map(Object.keys);
    this.parameters = [...(openapi.paths[path].parameters ?? []), ...(this.details.parameters ?? [])].map((parameter) =>
      (parameter.$ref ? schemas.resolve(parameter.$ref.slice(2).split('/')).value : parameter));
    this.forAdmins = this.details['x-role'] === 'admin';
  }

  in(place) {
    return this.parameters.filter((parameter) => parameter.in === place);
  }

  get bodyType() {
    return Object.keys(this.details.requestBody?.content ?? {})[0];
  }
  get bodySchema() {
    return merged(this.details.requestBody?.content['application/json']?.schema);
  }
  // The documented bodies: [{name, value, status}].
  get bodies() {
    const examples = this.details.requestBody?.content[this.bodyType].examples ?? {};
    return Object.entries(examples).map(([name, example]) => ({ name, value: example.value, status: example['x-answer'] ?? 200 }));
  }

  // The answer has a documented status and body.
  check(answer, what) {
    const where = `${this.name}, ${what}: ${answer.status}`;
    assert.ok(this.details.responses[answer.status], `${where} is not documented: ${answer.text}`);
    const { value: response, pointer } = schemas.resolve([...this.pointer, 'responses', String(answer.status)]);
    for (const name of Object.keys(response.headers ?? {})) assert.ok(answer.headers.has(name), `${where}: no ${name}`);
    const type = (answer.headers.get('content-type') ?? '').split(';')[0];
    const content = response.content ?? {};
    const documented = content[type] ? type : Object.keys(content).find((range) => range === '*/*' || range.replace('/*', '') === type.split('/')[0]);
    if (Object.keys(content).length === 0) return;
    assert.ok(documented, `${where}: content type ${type} is not documented`);
    if (type === 'application/json') schemas.check([...pointer, 'content', type, 'schema'], answer.body, where);
  }
}

export const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  methods.filter((method) => item[method]).map((method) => new Operation(path, method)));

// Of the dialect whose ids are 24 hexadecimal digits. The others have contract tests of their own: x-dialect names them.
export const conversationOperations = operations.filter(({ details }) => !details['x-dialect']);
export const operationsOf = (dialect) => operations.filter(({ details }) => details['x-dialect'] === dialect);
