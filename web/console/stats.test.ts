import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesOf, withPast } from './lines';
import { snoozeTimes } from './snooze';
import { changePercent, daysIn, isPeriod, labelEvery, lastDays, niceSeconds, niceTop, periodBefore, solvedPercent } from './stats';

const now = Date.parse('2026-05-18T22:30:00.000Z');

test('a period has both its ends, and one of the same length before it', () => {
  const period = lastDays(14, now);
  assert.deepEqual(period, { from: '2026-05-05', to: '2026-05-18' });
  assert.equal(daysIn(period), 14);
  assert.deepEqual(periodBefore(period), { from: '2026-04-21', to: '2026-05-04' });
  assert.equal(isPeriod({ from: '2026-05-05', to: '2026-05-04' }), false);
  assert.equal(isPeriod({ from: '', to: '2026-05-04' }), false);
  assert.equal(isPeriod({ from: '2020-01-01', to: '2026-05-04' }), false);
});

test('changes are whole per cents, and none without something to compare with', () => {
  assert.equal(changePercent(108, 100), 8);
  assert.equal(changePercent(0, 5), -100);
  assert.equal(changePercent(5, 0), null);
  assert.equal(solvedPercent({ answered: 9, escalated: 1, resolved: 3 }), 75);
  assert.equal(solvedPercent({ answered: 9, escalated: 0, resolved: 0 }), null);
});

test('axes end at round numbers', () => {
  assert.deepEqual([0, 4, 5, 52, 60, 100, 1234].map(niceTop), [4, 4, 8, 80, 80, 100, 2000]);
  assert.deepEqual([3, 70, 660, 100_000].map(niceSeconds), [20, 120, 720, 172_800]);
  assert.equal(labelEvery(14, 500), 2);
  assert.equal(labelEvery(3, 500), 1);
});

test('snoozing offers times to come, each once', () => {
  const friday = new Date(2026, 4, 15, 10).getTime();
  const times = snoozeTimes(friday);
  assert.deepEqual(times.map((one) => one.key), ['snoozeHour', 'snoozeEvening', 'snoozeTomorrow', 'snoozeMonday', 'snoozeWeek']);
  assert.ok(times.every((one) => one.at > friday));
  const sunday = new Date(2026, 4, 17, 20).getTime();
  assert.deepEqual(snoozeTimes(sunday).map((one) => one.key), ['snoozeHour', 'snoozeTomorrow', 'snoozeWeek']);
});

test('lines stand between the messages by time, and each day is said once', () => {
  const message = (seq: number, at: number) => ({
    id: `m${seq}`, roomId: 'r', authorId: 'a', side: 'customer' as const, type: 'text' as const, content: '', at, seq,
    receipt: 'sent' as const, attachments: [], app: '',
  });
  const line = { key: 'l', at: 1500, kind: 'assigned' as const, names: 'Tess' };
  const early = { ...line, key: 'early', at: 5 };
  const entries = entriesOf([message(1, 1000), message(2, 2000), message(3, 100_000_000)], [line, early], (at) => String(Math.floor(at / 86_400_000)));
  assert.deepEqual(entries.map((entry) => entry.group?.messages.map((one) => one.id).join() ?? entry.line?.key), ['m1', 'l', 'm2', 'm3']);
  assert.deepEqual(entries.map((entry) => (entry.group ? entry.group.day : entry.day)), ['0', null, null, '1']);
});

test('what a room says of its past is not said again beside the line that was there', () => {
  const live = { key: 'assignee100', at: 100_012, kind: 'assigned' as const, names: 'Tess' };
  const past = [{ key: 'assigned', at: 100_000, kind: 'assigned' as const, names: 'Tess' }, { key: 'closed', at: 200_000, kind: 'closed' as const, names: '' }];
  assert.deepEqual(withPast([live], past).map((line) => line.key), ['assignee100', 'closed-200000']);
  assert.equal(withPast(withPast([live], past), past).length, 2);
});
