import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roomNumber } from './room_number';

const idOf = (second: number, place: number) =>
  second.toString(16).padStart(8, '0') + (second * 2 ** 21 + place).toString(16).padStart(16, '0');

test('conversations of one day and of one second have numbers of their own', () => {
  const begin = 1_795_764_000;
  const day = new Set(Array.from({ length: 86_400 }, (_, second) => roomNumber(idOf(begin + second, 3))));
  assert.equal(day.size, 86_400);
  const second = new Set(Array.from({ length: 1000 }, (_, place) => roomNumber(idOf(begin, place))));
  assert.equal(second.size, 1000);
});

test('a number is always five digits, and nothing for what is no id', () => {
  assert.equal(roomNumber(idOf(1_795_700_007, 0)), '00007');
  assert.equal(roomNumber(idOf(1_795_764_000, 2)), '79838');
  assert.equal(roomNumber(''), '');
  assert.equal(roomNumber('not an id'), '');
});
