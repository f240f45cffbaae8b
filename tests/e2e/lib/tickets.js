// Calls of the ticket dialect: the same people as in api.js, at /support/:ticketId.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

export const newTicket = () => `t-${randomBytes(6).toString('hex')}`;

// A caller of api.js (or nobody) at one ticket.
export class Ticket {
  constructor(caller, id) {
    this.caller = caller;
    this.id = id;
    this.room = `ticket_${id}`;
  }

  // The same ticket for somebody else.
  as(caller) {
    return new Ticket(caller, this.id);
  }

  call(method, path, options) {
    return this.caller.call(method, `${this.caller.server.url}/support/${encodeURIComponent(this.id)}${path}`, options);
  }
  async ok(method, path, options) {
    const answer = await this.call(method, path, options);
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }
  async refused(status, method, path, options, message) {
    const answer = await this.call(method, path, options);
    assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${answer.text}`);
    assert.deepEqual(Object.keys(answer.body), ['error']);
    assert.deepEqual(Object.keys(answer.body.error), ['code', 'message']);
    if (message) assert.match(answer.body.error.message, message);
    return answer.body.error;
  }

  metadata(body) {
    return this.ok('POST', '/metadata', { body });
  }
  join(body = {}) {
    return this.ok('POST', '/join', { body });
  }
  typing(typing) {
    return this.ok('POST', '/typing', { body: { typing } });
  }
  leave() {
    return this.ok('POST', '/leave', { body: {} });
  }
  async members(query) {
    return (await this.ok('GET', '/members', { query })).members;
  }
  async publish(data, more = {}) {
    return (await this.ok('POST', '/messages', { body: { type: 'text', data, ...more } })).message;
  }
  history(query) {
    return this.ok('GET', '/history', { query });
  }
  get() {
    return this.ok('GET', '');
  }
  close(body = { deleteHistory: false, deleteSnapshots: false }) {
    return this.ok('POST', '/close', { body });
  }
}
