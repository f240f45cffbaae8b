// When a snoozed conversation may come back: times that people say.
export type SnoozeKey = 'snoozeHour' | 'snoozeEvening' | 'snoozeTomorrow' | 'snoozeMonday' | 'snoozeWeek';

function at(now: number, days: number, hour: number): number {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
}

export function snoozeTimes(now: number): { key: SnoozeKey; at: number }[] {
  const day = new Date(now).getDay();
  const toMonday = (8 - day) % 7 || 7;
  const times: { key: SnoozeKey; at: number }[] = [
    { key: 'snoozeHour', at: now + 3_600_000 },
    { key: 'snoozeEvening', at: at(now, 0, 18) },
    { key: 'snoozeTomorrow', at: at(now, 1, 9) },
    { key: 'snoozeMonday', at: at(now, toMonday, 9) },
    { key: 'snoozeWeek', at: at(now, 7, 9) },
  ];
  // Not twice the same, and nothing that is nearly now.
  return times.filter(({ key, at: time }, index) =>
    time > now + 1_800_000 && !times.some((other, before) => before < index && other.at === time) &&
    !(key === 'snoozeMonday' && toMonday === 1));
}
