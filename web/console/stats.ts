// The dashboard's figures: periods, comparisons, scales. Pure functions over values; days are UTC's, as the
// server counts them.
import type { Stats } from './model';

export interface Period {
  from: string; // 2026-05-05
  to: string; // included
}

const dayMs = 86_400_000;
export const mostDays = 366;

export const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const timeOf = (date: string) => Date.parse(`${date}T00:00:00.000Z`);

export function lastDays(days: number, now: number): Period {
  return { from: dateOf(now - (days - 1) * dayMs), to: dateOf(now) };
}

export function daysIn(period: Period): number {
  return Math.round((timeOf(period.to) - timeOf(period.from)) / dayMs) + 1;
}

export function isPeriod(period: Period): boolean {
  const days = daysIn(period);
  return Number.isFinite(days) && days >= 1 && days <= mostDays;
}

export function periodBefore(period: Period): Period {
  const length = daysIn(period) * dayMs;
  return { from: dateOf(timeOf(period.from) - length), to: dateOf(timeOf(period.from) - dayMs) };
}

// In whole per cent; null where there was nothing to compare with.
export function changePercent(now: number, before: number): number | null {
  return before === 0 ? null : Math.round(((now - before) / before) * 100);
}

// The top of an axis with four equal, round steps.
export function niceTop(value: number): number {
  if (value <= 4) return 4;
  const step = value / 4;
  const magnitude = 10 ** Math.floor(Math.log10(step));
  const nice = [1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= step && Number.isInteger(factor * magnitude)) ?? 10;
  return nice * magnitude * 4;
}

// The same for seconds: steps that a clock has.
export function niceSeconds(value: number): number {
  const steps = [5, 10, 15, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
  const step = steps.find((one) => one * 4 >= value) ?? Math.ceil(value / 4 / 86_400) * 86_400;
  return step * 4;
}

// Which of so many labels can be shown: every n-th.
export function labelEvery(points: number, width: number, labelWidth = 62): number {
  return Math.max(1, Math.ceil((points * labelWidth) / Math.max(1, width)));
}

export function busiest(stats: Stats): { date: string; count: number } | null {
  let best: { date: string; count: number } | null = null;
  for (const day of stats.days) if (day.new > (best?.count ?? 0)) best = { date: day.date, count: day.new };
  return best;
}

export function solvedPercent(bot: { answered: number; escalated: number; resolved: number }): number | null {
  const ended = bot.resolved + bot.escalated;
  return ended === 0 ? null : Math.round((bot.resolved / ended) * 100);
}

export function toCsv(stats: Stats): string {
  const head = ['date', 'new', 'closed', 'first_response_median_s', 'first_response_p90_s', 'wait_median_s', 'wait_p90_s', 'messages_customer', 'messages_team', 'bot_answered', 'bot_escalated', 'bot_resolved'];
  const rows = stats.days.map((day) => [
    day.date, day.new, day.closed, day.first_response.median ?? '', day.first_response.p90 ?? '', day.wait.median ?? '',
    day.wait.p90 ?? '', day.messages.customer, day.messages.team, day.bot.answered, day.bot.escalated, day.bot.resolved,
  ]);
  return `${[head, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}
