// Calls of conversation-v2 as an agent, a visitor or anybody makes them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

export const base = '/api/conversation-v2/support';
export const hexId = /^[0-9a-f]{24}$/;
export const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export class Client {
  constructor(server, headers = {}) {
    this.server = server;
    this.headers = headers;
  }

  with(headers) {
    return Object.assign(Object.create(Object.getPrototypeOf(this)), this, { headers: { ...this.headers, ...headers } });
  }

  // → {status, headers, body, text}; `raw` is sent as it is, `form` as multipart. A path is the API's, unless it begins with /api/ or is a whole
  // address.
  async call(method, path, { query, body, raw, form, headers } = {}) {
    const url = new URL(path.startsWith('/') && !path.startsWith('/api/') ? base + path : path, this.server.url);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const request = { method, headers: { ...this.headers, ...headers } };
    if (body !== undefined || raw !== undefined) {
      request.headers['Content-Type'] ??= 'application/json';
      request.body = raw ?? JSON.stringify(body);
    }
    if (form) request.body = form;
    const response = await fetch(url, request);
    const text = await response.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, body: json, text };
  }

  async ok(method, path, options) {
    const answer = await this.call(method, path, options);
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  get(path, query) {
    return this.ok('GET', path, { query });
  }
  post(path, body) {
    return this.ok('POST', path, { body });
  }
  patch(path, body) {
    return this.ok('PATCH', path, { body });
  }
}

export class Agent extends Client {
  constructor(server, token) {
    super(server, { Authorization: `Bearer ${token}` });
    this.token = token;
    this.auth = { token };
  }

  async send(roomId, content, { type = 'text', key } = {}) {
    const body = { room_id: roomId, message: { type, content }, ...(key ? { _uniqueId: key } : {}) };
    return (await this.post('/message', body)).messages.message;
  }
  history(roomId, query = {}) {
    return this.get('/message', { room_id: roomId, ...query });
  }
  assign(roomId, conversationIds, more = {}) {
    return this.patch('/room/assignee', { room_id: roomId, conversation_ids: conversationIds, ...more });
  }
}

export class Visitor extends Client {
  static async open(server, demo, details = {}) {
    const deviceId = details.device_id ?? randomBytes(8).toString('hex');
    const site = new Client(server, { 'X-Support-Token': demo.support_token });
    const { session } = await site.post('/session', { device_id: deviceId, ...details });
    const visitor = new Visitor(server, {
      'X-Support-Token': demo.support_token, 'X-Support-Session': session.session_id, 'X-Device-Id': deviceId,
    });
    visitor.session = session;
    visitor.deviceId = deviceId;
    visitor.inboxId = demo.inbox_id;
    visitor.auth = { support_token: demo.support_token, session_id: session.session_id, device_id: deviceId };
    return visitor;
  }

  async createRoom(description, key) {
    const body = { inbox_id: this.inboxId, description, ...(key ? { _uniqueId: key } : {}) };
    return (await this.post('/user/room', body)).result;
  }
  async send(roomId, content, { key } = {}) {
    const body = { room_id: roomId, message: { type: 'text', content }, ...(key ? { _uniqueId: key } : {}) };
    return (await this.post('/user/message', body)).messages.message;
  }
  history(roomId, query = {}) {
    return this.get('/user/message', { room_id: roomId, ...query });
  }
}

// The documented error body.
export function assertError(answer, status, { error, message } = {}) {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.body?.success, false, answer.text);
  assert.equal(typeof answer.body.error, 'string');
  assert.equal(typeof answer.body.message, 'string');
  if (error) assert.equal(answer.body.error, error);
  if (message instanceof RegExp) assert.match(answer.body.message, message);
  else if (message) assert.equal(answer.body.message, message);
}

// The object has at least these fields, and each satisfies its check: a value, a pattern or a type's name.
export function assertFields(object, fields, where = '') {
  for (const [name, expected] of Object.entries(fields)) {
    const path = where ? `${where}.${name}` : name;
    const value = object?.[name];
    if (expected instanceof RegExp) assert.match(String(value), expected, path);
    else if (expected === Number || expected === String || expected === Boolean) {
      assert.equal(typeof value, expected.name.toLowerCase(), path);
    } else if (expected !== null && typeof expected === 'object' && !Array.isArray(expected)) {
      assertFields(value, expected, path);
    } else assert.deepEqual(value, expected, path);
  }
}

export const contents = (page) => page.messages.map((message) => message.content);
export const uniqueKey = () => randomBytes(12).toString('hex');
