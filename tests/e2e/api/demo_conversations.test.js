// A demo account that begins with conversations.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Agent } from '../lib/api.js';
import { parlorCli, startServer } from '../lib/server.js';

let server;
after(() => server?.close());

test('a new demo account begins with conversations of all kinds, made once', async () => {
  ({ server } = await startServer({ demo: false, args: ['--demo', '--demo-conversations'] }));
  const demo = JSON.parse(await parlorCli('demo', '--data-dir', server.dataDir));
  const admin = new Agent(server, demo.admin_jwt);
  const list = (query) => admin.get('/room', { limit: 100, ...query });
  const all = await list({ sort: 'waiting' });
  assert.ok(all.pagination.total >= 40, `${all.pagination.total} conversations`);
  for (const status of ['open', 'pending', 'closed']) {
    assert.ok((await list({ 'filter[status]': status })).pagination.total > 0, status);
  }
  // Who has waited longest comes first, and some have waited for a while.
  const waits = all.rooms.filter((room) => room.status === 'open' && room.waiting_since).map((room) => room.waiting_since);
  assert.ok(waits.length >= 6);
  assert.deepEqual(waits, [...waits].sort());
  assert.equal(all.rooms[0].waiting_since, waits[0]);
  assert.ok(Date.now() - Date.parse(waits[0]) > 20 * 60_000);
  assert.ok(all.rooms.some((room) => /[\u0600-\u06ff]/.test(room.contact.name)));
  assert.ok(all.rooms.some((room) => room.tags.length > 0 && room.priority === 'urgent'));
  const tess = new Agent(server, demo.agent_jwt);
  assert.ok((await tess.get('/room', { 'filter[view]': 'favorite' })).pagination.total > 0);
  assert.ok((await tess.get('/room', { 'filter[view]': 'snoozed' })).pagination.total > 0);
  assert.ok((await tess.get('/canned')).data.length > 0);
  const inboxes = new Map((await admin.get('/inbox')).data.map(({ _id, channel }) => [_id, channel]));
  assert.deepEqual([...new Set(all.rooms.map((room) => inboxes.get(room.inbox._id)))].sort(), ['order', 'student', 'ticket', 'widget']);
  const { contact } = all.rooms.find((room) => room.contact.name === 'Maya Lindqvist' && room.status === 'open');
  const { rooms: ofMaya } = await admin.get(`/contact/${contact._id}/rooms`, { limit: 10 });
  assert.deepEqual(ofMaya.map((room) => room.status), ['open', 'closed', 'closed']);
  assert.deepEqual(ofMaya.slice(1).map((room) => room.closed_by), [demo.agent_conversation_id, demo.agent_conversation_id]);
  // Over two weeks.
  const { data } = await admin.get('/stats', {});
  assert.ok(data.days.filter((day) => day.new > 0).length >= 10);
  assert.ok(data.total.first_response.count > 20);

  await server.stop();
  await server.start();
  assert.equal((await list({})).pagination.total, all.pagination.total);
});

test('a demo account that is there already gets none', async () => {
  const started = await startServer({ args: ['--demo-conversations'] });
  try {
    const rooms = await new Agent(started.server, started.demo.admin_jwt).get('/room');
    assert.equal(rooms.pagination.total, 0);
  } finally {
    await started.server.close();
  }
});
