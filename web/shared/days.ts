// When something was, in words: today's by the clock, older by the day.
import { clockTime, dayKey, digits } from './format';

export function dayName(at: number, locale: string, now: number, today: string, yesterday: string): string {
  if (dayKey(at) === dayKey(now)) return today;
  if (dayKey(at) === dayKey(now - 86_400_000)) return yesterday;
  return new Intl.DateTimeFormat(digits(locale), { day: 'numeric', month: 'long' }).format(at);
}

// A list shows the time of today's messages and the date of older ones.
export function listTime(at: number, locale: string, now: number): string {
  if (dayKey(at) === dayKey(now)) return clockTime(at, locale);
  return new Intl.DateTimeFormat(digits(locale), { day: 'numeric', month: 'short' }).format(at);
}
