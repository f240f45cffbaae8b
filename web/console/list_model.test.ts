import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  activeFilters, afterMessage, afterReading, changeRow, findRow, firstQuestion, holdOrder, indexOf, nearestPages,
  noFilters, pagesOf, rowAt, rowHeight, toQuery, urgencyOf, visibleRange, waitingCount, waitingMinutes,
} from './list_model';
import type { RoomRow } from './model';

function row(id: string, changes: Partial<RoomRow> = {}): RoomRow {
  return {
    _id: id, conversation_id: 'c', contact: { _id: 'p', name: id }, inbox: { _id: 'i', name: 'Inbox' }, subject: '',
    status: 'open', priority: 'medium', assignees: [], tags: [],
    last_message: { content: 'old', created_at: '2026-01-01T00:00:00.000Z' }, unread_count: 0, is_favorite: false,
    snoozed_until: 0, created_at: '2026-01-01T00:00:00.000Z', updated_at: '2026-01-01T00:00:00.000Z', ...changes,
  };
}
const ids = (rows: readonly RoomRow[]) => rows.map((entry) => entry._id).join('');
const rows = (text: string) => [...text].map((id) => row(id));
const arrived = (type: 'support' | 'team', changes: object = {}) => ({
  message: { _id: 'm', room_id: 'a', content: 'new', created_at: '2026-01-01T00:00:01.000Z', type: 'text' as const, ...changes },
  type,
});

test('the window shows its rows and some beside them, never beyond the list', () => {
  assert.deepEqual(visibleRange(0, 750, 100_000, 5), { from: 0, to: 16 });
  assert.deepEqual(visibleRange(rowHeight * 50_000, 750, 100_000, 5), { from: 49_995, to: 50_016 });
  assert.deepEqual(visibleRange(rowHeight * 99_990, 750, 100_000, 5), { from: 99_985, to: 100_000 });
  assert.deepEqual(visibleRange(0, 750, 3, 5), { from: 0, to: 3 });
  assert.deepEqual(visibleRange(-30, 750, 0, 5), { from: 0, to: 0 });
});

test('a range lies in pages', () => {
  assert.deepEqual(pagesOf({ from: 0, to: 50 }), [0]);
  assert.deepEqual(pagesOf({ from: 49, to: 51 }), [0, 1]);
  assert.deepEqual(pagesOf({ from: 99_960, to: 100_000 }), [1999]);
  assert.deepEqual(pagesOf({ from: 3, to: 3 }), []);
});

test('rows are found in whatever pages are there', () => {
  const pages = new Map([[0, rows('abc')], [1999, rows('xyz')]]);
  assert.equal(rowAt(pages, 99_951)?._id, 'y');
  assert.equal(rowAt(pages, 60), undefined);
  assert.equal(indexOf(pages, 'z'), 99_952);
  assert.equal(findRow(pages, 'q'), undefined);
});

test('the pages nearest to what is shown are kept', () => {
  const pages = new Map(Array.from({ length: 40 }, (_, page) => [page, rows('a')]));
  const kept = [...nearestPages(pages, { from: 1000, to: 1010 }, 5).keys()].sort((a, b) => a - b);
  assert.deepEqual(kept, [18, 19, 20, 21, 22].filter((page) => kept.includes(page)));
  assert.equal(kept.length, 5);
});

test('a customer’s message counts, begins a wait, and is counted once', () => {
  const after = afterMessage(row('a'), arrived('support'), false);
  assert.equal(after.unread_count, 1);
  assert.equal(after.waiting_since, '2026-01-01T00:00:01.000Z');
  assert.equal(after.last_message?.content, 'new');
  assert.equal(afterMessage(after, arrived('support'), false), after);
  assert.equal(afterMessage(row('a'), arrived('support'), true).unread_count, 0);
});

test('a person’s answer ends the wait, a note and the bot do not', () => {
  const waiting = row('a', { waiting_since: '2026-01-01T00:00:00.000Z', unread_count: 2 });
  assert.equal(afterMessage(waiting, arrived('team'), false).waiting_since, undefined);
  assert.equal(afterMessage(waiting, arrived('team'), false).unread_count, 2);
  assert.equal(afterMessage(waiting, arrived('team', { type: 'note' }), false).waiting_since, waiting.waiting_since);
  assert.equal(afterMessage(waiting, arrived('team', { integration_app: 'bot' }), false).waiting_since, waiting.waiting_since);
});

test('reading clears one room and leaves the others as they are', () => {
  const pages = new Map([[0, [row('a', { unread_count: 2 }), row('b', { unread_count: 1 })]]]);
  const after = changeRow(pages, 'a', afterReading);
  assert.deepEqual(after.get(0)?.map((entry) => entry.unread_count), [0, 1]);
  assert.equal(changeRow(after, 'a', afterReading), after);
  assert.equal(changeRow(pages, 'z', afterReading), pages);
});

test('while it is pointed at, the list keeps its order and puts new rows where they belong', () => {
  assert.equal(ids(holdOrder(rows('abcd'), rows('dabc'), 'b')), 'abcd');
  assert.equal(ids(holdOrder(rows('abcd'), rows('xabcd'), 'b')), 'xabcd');
  assert.equal(ids(holdOrder(rows('abcd'), rows('abxcd'), 'b')), 'abxcd');
  assert.equal(ids(holdOrder(rows('abcd'), rows('axyd'), 'b')), 'axybd');
  assert.equal(ids(holdOrder([], rows('ab'), 'b')), 'ab');
});

test('held rows show what is new in them', () => {
  const held = holdOrder(rows('ab'), [row('b', { unread_count: 3 }), row('a')], 'a');
  assert.deepEqual(held.map((entry) => entry.unread_count), [0, 3]);
});

test('waiting: only open rooms, in whole minutes, more urgent with time', () => {
  const since = { waiting_since: '2026-01-01T00:00:00.000Z' };
  const now = Date.parse('2026-01-01T00:26:59.000Z');
  assert.equal(waitingMinutes(row('a', since), now), 26);
  assert.equal(waitingMinutes(row('a', { ...since, status: 'pending' }), now), null);
  assert.equal(waitingMinutes(row('a'), now), null);
  assert.deepEqual([9, 10, 19, 20].map(urgencyOf), ['calm', 'warn', 'warn', 'bad']);
  const pages = new Map([[0, [row('a', since), row('b', since), row('c')]]]);
  assert.deepEqual(waitingCount(pages, 3), { count: 2, more: false });
  assert.deepEqual(waitingCount(new Map([[0, [row('a', since)]]]), 80), { count: 1, more: true });
});

test('a question names its view, its filters and its order', () => {
  const query = toQuery({ ...firstQuestion, search: ' lamp ' }, 3, 50);
  assert.equal(query.sort, 'waiting');
  assert.equal(query.search, 'lamp');
  assert.equal(query['filter[status]'], 'open');
  assert.equal(toQuery({ ...firstQuestion, view: 'bot' }, 1, 1)['filter[status]'], undefined);
  assert.equal(activeFilters(noFilters), 0);
  assert.equal(activeFilters({ ...noFilters, status: 'closed', tag: 'x' }), 2);
});
