import assert from 'node:assert/strict';
import { test } from 'node:test';
import { availability, opensWhen } from './hours';
import { setLanguage } from './i18n';
import type { InboxInfo } from './interface';

const now = new Date(2026, 2, 2, 18, 30).getTime(); // a Monday
const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime();
const info = (changes: Partial<InboxInfo>): InboxInfo => ({
  inbox: { name: 'Support', icon: '' }, open: true, opens_at: null, agents_online: 0, typical_reply_seconds: null,
  pre_chat_fields: [], limits: { message_characters: 1, attachments: 1, attachment_bytes: 1 }, ...changes,
});

test('when it opens is said as people say it', () => {
  assert.equal(opensWhen(at(2, 20), now), 'at 20:00');
  assert.equal(opensWhen(at(3, 9), now), 'tomorrow at 09:00');
  assert.equal(opensWhen(at(6, 9), now), 'Friday at 09:00');
  assert.equal(opensWhen(at(12, 9), now), 'March 12 at 09:00');
});

test('a reply time is said only where there is one, in minutes and then in hours', () => {
  const said = (seconds: number | null) => availability(info({ typical_reply_seconds: seconds, agents_online: 1 }), now).text;
  assert.equal(said(20), 'Usually answers in a minute');
  assert.equal(said(110), 'Usually answers in 2 minutes');
  assert.equal(said(5000), 'Usually answers within 2 hours');
  assert.equal(said(null), 'We answer here');
  assert.deepEqual(availability(info({}), now), { here: false, text: 'We answer as soon as we can' });
});

test('closed, it says until when, if that is known', () => {
  const opens_at = new Date(at(3, 9)).toISOString();
  assert.deepEqual(availability(info({ open: false, opens_at }), now), { here: false, text: 'Closed now, back tomorrow at 09:00' });
  assert.equal(availability(info({ open: false }), now).text, 'Closed now');
});

test('Arabic has its own plurals, and digits that the rest of the page has', async () => {
  await setLanguage('ar');
  const said = (minutes: number) => availability(info({ typical_reply_seconds: minutes * 60 }), now).text;
  assert.deepEqual([1, 2, 5, 15].map(said), [
    'نجيب عادةً خلال دقيقة', 'نجيب عادةً خلال دقيقتين', 'نجيب عادةً خلال 5 دقائق', 'نجيب عادةً خلال 15 دقيقة',
  ]);
  assert.equal(opensWhen(at(3, 9), now), 'غداً الساعة 09:00');
  await setLanguage('en');
});
