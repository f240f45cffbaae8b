import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupMessages } from './groups';
import {
  addOlder, emptyTimeline, fromWire, keepNewest, markRead, merge, replaceBy, type Message, type Timeline,
} from './timeline';

function message(seq: number, changes: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`, roomId: 'r', authorId: 'a', side: 'customer', type: 'text', content: `text ${seq}`,
    at: seq * 1000, seq, receipt: 'sent', attachments: [], app: '', ...changes,
  };
}
const ids = (timeline: Timeline) => timeline.messages.map((entry) => entry.id).join(' ');

test('messages are shown by seq in whatever order they arrive', () => {
  const timeline = merge(merge(emptyTimeline, [message(3), message(1)]), [message(2)]);
  assert.equal(ids(timeline), 'm1 m2 m3');
});

test('a message that arrives twice is shown once', () => {
  const timeline = merge(merge(emptyTimeline, [message(1), message(2)]), [message(2), message(1)]);
  assert.equal(ids(timeline), 'm1 m2');
});

test('a later copy never takes a receipt back', () => {
  const read = merge(emptyTimeline, [message(1, { receipt: 'read' })]);
  assert.equal(merge(read, [message(1, { receipt: 'sent' })]).messages[0]?.receipt, 'read');
  const delivered = merge(emptyTimeline, [message(1, { receipt: 'sent' })]);
  assert.equal(merge(delivered, [message(1, { receipt: 'delivered' })]).messages[0]?.receipt, 'delivered');
});

test('a first page keeps what came in live while it was loading', () => {
  const live = merge(emptyTimeline, [message(9)]);
  const timeline = replaceBy(live, [message(7), message(8)], true);
  assert.equal(ids(timeline), 'm7 m8 m9');
  assert.equal(timeline.hasOlder, true);
});

test('a first page drops what is older than itself, so that no gap is shown as whole', () => {
  const stale = merge(emptyTimeline, [message(1)]);
  assert.equal(ids(replaceBy(stale, [message(7), message(8)], true)), 'm7 m8');
});

test('an older page goes before', () => {
  const timeline = addOlder(merge(emptyTimeline, [message(5)]), [message(3), message(4)], false);
  assert.equal(ids(timeline), 'm3 m4 m5');
  assert.equal(timeline.hasOlder, false);
});

test('reading up to a message reads all of that side before it and nothing else', () => {
  const timeline = merge(emptyTimeline, [
    message(1), message(2, { side: 'agent' }), message(3), message(4),
  ]);
  const receipts = markRead(timeline, { last_read_id: 'm3' }, 'customer').messages.map((entry) => entry.receipt);
  assert.deepEqual(receipts, ['read', 'sent', 'read', 'sent']);
  assert.equal(markRead(timeline, { last_read_id: 'unknown' }, 'customer'), timeline);
  const bySeq = markRead(timeline, { last_read_id: 'unknown', last_read_seq: 1 }, 'customer');
  assert.deepEqual(bySeq.messages.map((entry) => entry.receipt), ['read', 'sent', 'sent', 'sent']);
});

test('who has read is remembered until the messages come, and a page that was read earlier changes nothing', () => {
  const told = markRead(emptyTimeline, { last_read_id: 'm2', last_read_seq: 2 }, 'customer');
  const page = replaceBy(told, [message(1), message(2), message(3), message(2, { id: 'a2', side: 'agent' })], false);
  assert.deepEqual(page.messages.map((entry) => `${entry.id} ${entry.receipt}`), ['m1 read', 'a2 sent', 'm2 read', 'm3 sent']);
  assert.equal(markRead(page, { last_read_id: 'm1', last_read_seq: 1 }, 'customer'), page);
});

test('the visitor history tells the sides by is_mine, the agent history by sender_type', () => {
  const base = { _id: 'x', content: 'c', created_at: '2026-01-02T03:04:05.006Z' };
  assert.equal(fromWire({ ...base, is_mine: true }, 'r', 'customer').side, 'customer');
  assert.equal(fromWire({ ...base, is_mine: false }, 'r', 'customer').side, 'agent');
  assert.equal(fromWire({ ...base, sender_type: 'customer' }, 'r', 'agent').side, 'customer');
  assert.equal(fromWire(base, 'r', 'agent', 'agent').at, Date.parse('2026-01-02T03:04:05.006Z'));
});

test('groups end with the sender, with three minutes, with a note and with the day', () => {
  const day = (at: number) => (at < 1_000_000 ? 'one' : 'two');
  const groups = groupMessages(
    [
      message(1), message(2), message(3, { side: 'agent', authorId: 'b' }),
      message(4, { side: 'agent', authorId: 'b', type: 'note' }),
      message(400, { side: 'agent', authorId: 'b', type: 'note' }),
      message(1000, { side: 'agent', authorId: 'b', type: 'note', at: 1_000_001 }),
    ],
    day,
  );
  assert.deepEqual(groups.map((group) => group.messages.length), [2, 1, 1, 1, 1]);
  assert.deepEqual(groups.map((group) => group.day), ['one', null, null, null, 'two']);
});

test('a long conversation keeps its newest messages and says that there are older ones', () => {
  const all = Array.from({ length: 30 }, (_, index) => message(index + 1));
  const kept = keepNewest({ ...emptyTimeline, messages: all }, 10);
  assert.deepEqual(kept.messages.map((entry) => entry.seq), [21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  assert.equal(kept.hasOlder, true);
  const short = { ...emptyTimeline, messages: all.slice(0, 10) };
  assert.equal(keepNewest(short, 10), short);
});

test('a message that is read again brings the newest addresses of its files', () => {
  const file = { type: 'image/png', size: 1 };
  const once = merge(emptyTimeline, [message(1, { attachments: [{ url: 'old', ...file }] })]);
  assert.equal(merge(once, [message(1, { attachments: [{ url: 'new', ...file }] })]).messages[0]?.attachments[0]?.url, 'new');
});
