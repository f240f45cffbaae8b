import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressed, afterAttempt, aged, backoffMs, nextToSend, parseUnsent, retried, type Unsent } from './outbox';

function unsent(clientId: string, at: number, changes: Partial<Unsent> = {}): Unsent {
  return { clientId, roomId: 'r', tried: false, type: 'text', content: clientId, at, failed: false, ...changes };
}

test('what was written first goes out first', () => {
  assert.equal(nextToSend([unsent('b', 2), unsent('a', 1)])?.clientId, 'a');
});

test('a refused message does not hold up the others', () => {
  const list = afterAttempt([unsent('a', 1), unsent('b', 2)], 'a', { outcome: 'refused' });
  assert.equal(nextToSend(list)?.clientId, 'b');
  assert.equal(list.length, 2);
});

test('an accepted message leaves, a delayed one stays first', () => {
  const list = [unsent('a', 1), unsent('b', 2)];
  assert.equal(nextToSend(afterAttempt(list, 'a', { outcome: 'accepted' }))?.clientId, 'b');
  assert.equal(nextToSend(afterAttempt(list, 'a', { outcome: 'later', afterMs: 5 }))?.clientId, 'a');
});

test('a message written before there was a room goes to the room that exists when it is first tried', () => {
  assert.equal(addressed(unsent('a', 1, { roomId: null }), 'room').roomId, 'room');
});

test('a message once tried as the opening one stays the opening one', () => {
  const tried = addressed(unsent('a', 1, { roomId: null }), null);
  assert.equal(addressed(tried, 'room').roomId, null);
});

test('trying again keeps the client id and goes to the end', () => {
  const list = retried([unsent('a', 1, { failed: true }), unsent('b', 2)], 'a', 3);
  assert.equal(nextToSend(list)?.clientId, 'b');
  assert.equal(list[0]?.failed, false);
});

test('waiting between attempts grows and has an end', () => {
  assert.ok(backoffMs(0) < backoffMs(1));
  assert.equal(backoffMs(50), 15_000);
});

test('a damaged entry of the storage is ignored', () => {
  assert.equal(parseUnsent('{"clientId":'), null);
  assert.equal(parseUnsent('null'), null);
  assert.equal(parseUnsent('{"clientId":5,"content":"x"}'), null);
  assert.equal(parseUnsent(JSON.stringify(unsent('a', 1)))?.clientId, 'a');
});

test('a kept message keeps its uploaded files, and nothing that is none', () => {
  const kept = JSON.stringify(unsent('a', 1, { attachments: [{ url: '/attachment/x', type: 'image/png', size: 1 }] }));
  assert.deepEqual(parseUnsent(kept)?.attachments, [{ url: '/attachment/x', type: 'image/png', size: 1 }]);
  assert.deepEqual(parseUnsent(kept.replace('"url":"/attachment/x"', '"url":7'))?.attachments, []);
  assert.deepEqual(parseUnsent('{"clientId":"a","content":"","attachments":[null]}')?.attachments, []);
});

test('what was tried a week ago is not sent again by itself, what never was is', () => {
  const week = 7 * 86_400_000;
  assert.equal(aged(unsent('a', 0, { tried: true }), week).failed, true);
  assert.equal(aged(unsent('a', 0, { tried: true }), 1000).failed, false);
  assert.equal(aged(unsent('a', 0), week).failed, false);
});
