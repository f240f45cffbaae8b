import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayName } from './days';
import { clockTime, initials, tone } from './format';
import { findLinks } from './links';

test('initials are first and last, one letter in Arabic, none without a name', () => {
  assert.equal(initials('Maya Rosa Lindqvist'), 'ML');
  assert.equal(initials('  maya '), 'M');
  assert.equal(initials('نور السامرائي'), 'ن');
  assert.equal(initials('الدعم'), 'د');
  assert.equal(initials('<b>'), 'B');
  assert.equal(initials(''), '');
});

test('an id keeps its colour', () => {
  assert.equal(tone('abc'), tone('abc'));
  assert.ok(tone('abc') >= 0 && tone('abc') < 8);
});

test('times have Latin digits in Arabic', () => {
  assert.match(clockTime(Date.UTC(2026, 0, 1, 10, 5), 'ar'), /^\d\d:\d\d$/);
});

test('today and yesterday are words', () => {
  const now = new Date(2026, 5, 10, 12).getTime();
  assert.equal(dayName(now - 1000, 'en', now, 'Today', 'Yesterday'), 'Today');
  assert.equal(dayName(now - 86_400_000, 'en', now, 'Today', 'Yesterday'), 'Yesterday');
  assert.equal(dayName(now - 5 * 86_400_000, 'en', now, 'Today', 'Yesterday'), 'June 5');
});

test('only web addresses become links, without the punctuation behind them', () => {
  assert.deepEqual(findLinks('see https://a.test/x?y=1, ok'), [
    { text: 'see ', href: null },
    { text: 'https://a.test/x?y=1', href: 'https://a.test/x?y=1' },
    { text: ', ok', href: null },
  ]);
  assert.deepEqual(findLinks('javascript:alert(1) <img src=x>'), [
    { text: 'javascript:alert(1) <img src=x>', href: null },
  ]);
});

test('a long text comes in parts that are the text, cut at spaces where it has any, never within a character', () => {
  for (const text of ['كلمة '.repeat(30_000), 'x'.repeat(5_000), 'x' + '😀'.repeat(3_000), ` ${'a b '.repeat(999)}\n\n${'c'.repeat(2_500)}`]) {
    const parts = findLinks(text).map((piece) => piece.text);
    assert.equal(parts.join(''), text);
    parts.forEach(encodeURIComponent); // refuses half a character
    assert.ok(parts.every((part) => [...part].length <= 2_000));
  }
  assert.ok(findLinks('كلمة '.repeat(30_000)).every((piece) => piece.text.endsWith(' ')));
  assert.deepEqual(findLinks(''), []);
});
