// Calls of the order dialect, as a marketplace's server or one of its people makes them.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, Client } from './api.js';

export const exampleFile = new URL('../../fixtures/orders/fetch_room_by_user_agent.json', import.meta.url).pathname;
export const example = JSON.parse(await readFile(exampleFile, 'utf8'));

export class OrderClient extends Client {
  constructor(server, { authorization, client }) {
    super(server, { ...(authorization ? { Authorization: authorization } : {}), ...(client ? { client } : {}), language: '1', currency: 'USD' });
    this.auth = { authorization, client };
  }

  async createRoom(more = {}) {
    return (await this.post('/api/room/createRoom', { ...newRoom(), ...more })).roomData;
  }
  async fetch(call, body) {
    const answer = await this.post(`/api/room/${call}`, body);
    assert.deepEqual([answer.status, answer.statusCode], [true, 200]);
    return answer.roomData;
  }
  join(roomId, person) {
    return this.post('/api/chat/joinRoom', { room_id: roomId, ...person });
  }
  send(roomId, message, person = buyer()) {
    return this.post('/api/chat/sendMessage', { room_id: roomId, message, ...person });
  }
  async history(roomId, query = {}) {
    return (await this.get(`/api/chat/${roomId}`, query)).chatData;
  }
  async participants(roomId) {
    return (await this.get(`/api/chat/getRoomUser/${roomId}`)).userData;
  }
}

export const orderNumber = () => String(10_000_000 + (randomBytes(4).readUInt32BE() % 89_999_999));

export const newRoom = () => ({
  type: 'agent-to-user', room_id: orderNumber(), order_id: 10, order_vendor_id: '9', order_user_id: '1', vendor_id: 7,
  vendor_user_id: '141', agent_id: '141', agent_db: 'ace', sub_domain: '192.168.101.88', client_id: '1', db_name: 'ace',
});

export const buyer = (more = {}) => ({
  user_type: 'user', user_id: '1', username: 'Bea Buyer', email: 'bea@example.com', phone_num: '+100', display_image: '{{S3Url}}/bea.jpg', ...more,
});
export const vendor = (more = {}) => ({ user_type: 'vendor', user_id: '141', username: 'Vera Vendor', ...more });

// The documented error body.
export function assertRefused(answer, status, message) {
  assert.equal(answer.status, status, answer.text);
  assert.deepEqual(Object.keys(answer.body).sort(), ['message', 'status', 'statusCode']);
  assert.equal(answer.body.status, false);
  assert.equal(answer.body.statusCode, status);
  if (message instanceof RegExp) assert.match(answer.body.message, message);
  else if (message !== undefined) assert.equal(answer.body.message, message);
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

// An account's host application: its secret is given to the account, and its people get tokens.
export class Marketplace {
  static async of(server, demo) {
    const marketplace = new Marketplace();
    Object.assign(marketplace, { server, demo, secret: randomBytes(32).toString('hex') });
    const admin = new Agent(server, demo.admin_jwt);
    await admin.patch('/account', { add_host_keys: [{ secret: marketplace.secret }] });
    return marketplace;
  }
  token(role, sub, more = {}) {
    const claims = { account_id: this.demo.account_id, sub, role, exp: Math.floor(Date.now() / 1000) + 3600, iat: Math.floor(Date.now() / 1000), ...more };
    const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
    return `${text}.${createHmac('sha256', this.secret).update(text).digest('base64url')}`;
  }
  as(role, sub, more) {
    const authorization = this.token(role, sub, more);
    return new OrderClient(this.server, { authorization, client: this.demo.order_client.client });
  }
}
