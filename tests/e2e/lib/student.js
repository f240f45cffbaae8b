// Calls of the student support chat as a student or an administrator makes them.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Client } from './api.js';

export const supportBase = '/api/support';
export const blockedMessage =
  'Please wait for admin response. You cannot send messages while waiting for support team.';

export class SupportClient extends Client {
  constructor(server, token) {
    super(server, { Authorization: `Bearer ${token}` });
    this.token = token;
    this.auth = { token };
  }

  support(method, path, options) {
    return this.call(method, supportBase + path, options);
  }

  async expect(status, method, path, options) {
    const answer = await this.support(method, path, options);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async chat() {
    return (await this.expect(200, 'GET', '/chat')).chat;
  }
  async messages(chatId, query) {
    return (await this.expect(200, 'GET', `/chats/${chatId}/messages`, { query })).messages;
  }
  say(text, more = {}) {
    return this.expect(201, 'POST', '/messages', { body: { text, ...more } });
  }
  upload(path, part, file, fields = {}) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
    if (file) form.append(part, file.blob ?? file, file.name ?? 'file');
    return this.support('POST', path, { form });
  }
}

// A token of the host application, signed with its key.
export function mintToken(secret, claims) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const unsigned = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ iat: now, exp: now + 3600, ...claims })}`;
  return `${unsigned}.${createHmac('sha256', secret).update(unsigned).digest('base64url')}`;
}

// Of a file with sound in it: half a second of silence.
export function wav(seconds = 1, rate = 8000) {
  const data = Buffer.alloc(seconds * rate, 0x80);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
