import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, complaintAbout, fileSize, percent, without, type Upload } from './uploads';

const plain = (text: string) => text.replace(/[\u2066\u2069]/g, '');
const upload = (id: string, size: number, sent: number): Upload => ({
  id, file: { name: `${id}.png`, size } as File, preview: null, sent, seconds: null, state: 'sending', cancel: new AbortController(),
});

test('a size is short, and what is above the limit never reads as the limit', () => {
  assert.deepEqual([300, 212 * 1024, 4.2 * 1_048_576, 31 * 1_048_576].map((bytes) => plain(fileSize(bytes))), ['1 KB', '212 KB', '4.2 MB', '31 MB']);
  assert.equal(plain(fileSize(25 * 1_048_576 + 1, true)), '26 MB');
  assert.match(fileSize(1), /^\u2066.*\u2069$/u, 'isolated, for right-to-left sentences');
});

test('too large and empty are told apart, the limit itself is allowed', () => {
  assert.deepEqual([0, 1, 10, 11].map((size) => complaintAbout(size, 10)), ['emptyFile', null, null, 'tooLarge']);
});

test('progress never says that it is done before it is', () => {
  assert.deepEqual([0, 50, 100, 104].map((sent) => percent(upload('a', 100, sent))), [0, 50, 99, 99]);
  assert.equal(percent(upload('a', 0, 0)), 0);
});

test('a change is of one upload and leaves the list it came from alone', () => {
  const list = [upload('a', 10, 0), upload('b', 10, 0)];
  assert.deepEqual(changed(list, 'b', { sent: 5 }).map((each) => each.sent), [0, 5]);
  assert.deepEqual(list.map((each) => each.sent), [0, 0]);
  assert.deepEqual(without(list, 'a').map((each) => each.id), ['b']);
});
