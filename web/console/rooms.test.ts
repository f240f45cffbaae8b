import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterMessage, afterReading, appendPage, mergePage, type RoomRow } from './rooms';

function row(id: string, changes: Partial<RoomRow> = {}): RoomRow {
  return {
    _id: id, contact: { name: id }, inbox: { _id: 'i', name: 'Inbox' }, status: 'open', priority: 'medium',
    assignees: [], last_message: { content: 'old', created_at: '2026-01-01T00:00:00.000Z' }, unread_count: 0,
    created_at: '2026-01-01T00:00:00.000Z', ...changes,
  };
}
const arrived = (roomId: string, type: 'support' | 'team', at = '2026-01-01T00:00:01.000Z') => ({
  message: { _id: 'm', room_id: roomId, content: 'new', created_at: at, type: 'text' as const }, type,
});

test('a customer message moves its room to the top and counts', () => {
  const rows = afterMessage([row('a'), row('b')], arrived('b', 'support'), false);
  assert.deepEqual(rows?.map((entry) => [entry._id, entry.unread_count]), [['b', 1], ['a', 0]]);
  assert.equal(rows?.[0]?.last_message?.content, 'new');
});

test('a message that the agent is looking at does not count', () => {
  const rows = afterMessage([row('a', { unread_count: 2 })], arrived('a', 'support'), true);
  assert.equal(rows?.[0]?.unread_count, 0);
});

test('a colleague’s message moves the room and does not count', () => {
  assert.equal(afterMessage([row('a')], arrived('a', 'team'), false)?.[0]?.unread_count, 0);
});

test('a message that the list already shows counts once', () => {
  const once = afterMessage([row('a')], arrived('a', 'support'), false);
  assert.equal(afterMessage(once ?? [], arrived('a', 'support'), false)?.[0]?.unread_count, 1);
});

test('an unknown room asks for the list', () => {
  assert.equal(afterMessage([row('a')], arrived('z', 'support'), false), null);
});

test('reading clears one room', () => {
  const rows = [row('a', { unread_count: 2 }), row('b', { unread_count: 1 })];
  assert.deepEqual(afterReading(rows, 'a').map((entry) => entry.unread_count), [0, 1]);
  assert.equal(afterReading(rows, 'z'), rows);
});

test('a first page read again keeps later pages and drops rooms that are gone', () => {
  const rows = [row('a'), row('b'), row('c')];
  assert.deepEqual(mergePage(rows, [row('c'), row('a')], 3).map((entry) => entry._id), ['c', 'a', 'b']);
  assert.deepEqual(mergePage(rows, [row('a')], 1).map((entry) => entry._id), ['a']);
});

test('a further page adds only what is new', () => {
  assert.deepEqual(appendPage([row('a')], [row('a'), row('b')]).map((entry) => entry._id), ['a', 'b']);
});
