// The documents themselves: valid, complete, and served.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { documentFile, openapi, operations } from '../lib/document.js';
import { parlorCli, startServer } from '../lib/server.js';

let server;
before(async () => ({ server } = await startServer()));
after(() => server?.close());

// What people open in a browser, and where Socket.IO polls.
const pages = ['/', '/console', '/demo', '/demo/course', '/demo/config.json', '/widget.js', '/docs', '/docs/openapi.yaml', '/docs/asyncapi.yaml'];

test('docs/openapi.yaml is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(openapi));
  assert.ok(result.valid, JSON.stringify(result.errors, null, 1));
});

test('every call of the server is documented, and every documented call is there', async () => {
  const { routes } = JSON.parse(await parlorCli('routes', '--data-dir', server.dataDir));
  const calls = routes.filter((route) => !pages.includes(route.split(' ')[1]));
  const documented = operations.map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual(documented.map(namesLeftOut).sort(), calls.map(namesLeftOut).sort());
});

test('every call has a summary, a tag, its errors, and an example of each body', () => {
  const tags = openapi.tags.map(({ name }) => name);
  const ids = new Set();
  for (const { name, details, security, bodies, bodyType } of operations) {
    assert.ok(details.summary && tags.includes(details.tags?.[0]), `${name}: summary or tag`);
    assert.ok(details.operationId && !ids.has(details.operationId), `${name}: operationId`);
    ids.add(details.operationId);
    const statuses = Object.keys(details.responses);
    assert.ok(statuses.includes('200') || statuses.includes('201'), name);
    if (security.length > 0) assert.ok(statuses.includes('401') && statuses.includes('503'), `${name}: 401 and 503`);
    if (bodyType) {
      assert.ok(statuses.includes('400') && statuses.includes('413'), `${name}: 400 and 413`);
      assert.ok(bodies.some(({ status }) => status === 200), `${name}: an example of a good body`);
    }
  }
});

test('nothing is described that no call uses', async () => {
  const text = await readFile(documentFile('openapi.yaml'), 'utf8');
  for (const [kind, parts] of Object.entries(openapi.components)) {
    if (kind === 'securitySchemes') continue;
    for (const name of Object.keys(parts)) assert.ok(text.includes(`'#/components/${kind}/${name}'`), `${kind}/${name}`);
  }
});

// What a parameter in a path is called does not matter.
function namesLeftOut(call) {
  return call.replace(/\{[^}]*\}|:[^/]+/g, '{}');
}
