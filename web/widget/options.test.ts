import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLocale, contrastWithWhite, readOptions } from './options';

test('what the line does not say, or says wrongly, is as usual', () => {
  assert.deepEqual(readOptions({ token: 'pst_1', inbox: 'i', mode: 'teacher', theme: 'pink', side: 'top' }), {
    mode: 'visitor', token: 'pst_1', inbox: 'i', locale: '', theme: 'auto', side: 'end', title: '', accent: '', launcher: true, sound: true,
  });
  const set = readOptions({ mode: 'student', theme: 'dark', side: 'start', launcher: 'off', sound: 'off' });
  assert.deepEqual([set.mode, set.theme, set.side, set.launcher, set.sound], ['student', 'dark', 'start', false, false]);
});

test('the language is the first of those asked for that there is', () => {
  assert.equal(chooseLocale(['', 'ar-EG', 'en']), 'ar');
  assert.equal(chooseLocale(['fr', null, undefined, 'EN-us']), 'en');
  assert.equal(chooseLocale(['fr', 'de']), 'en');
});

test('an accent is measured against white text', () => {
  assert.equal(contrastWithWhite('#ffffff'), 1);
  assert.equal(Math.round(contrastWithWhite('#000000') ?? 0), 21);
  assert.ok((contrastWithWhite('#0E5F6B') ?? 0) > 7);
  assert.ok((contrastWithWhite('#ffcc00') ?? 0) < 4.5);
  for (const none of ['red', '#fff', '#0E5F6', 'rgb(0 0 0)', '#0E5F6B; }']) assert.equal(contrastWithWhite(none), null);
});
