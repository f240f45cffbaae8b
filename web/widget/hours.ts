// How soon somebody answers, in words. Pure functions over values.
import { clockTime, dayKey } from '../shared/format';
import type { InboxInfo } from './interface';
import { language, plural, t } from './i18n';

const dayMs = 86_400_000;

// "at 09:00", "tomorrow at 09:00", "Monday at 09:00", "12 March at 09:00".
export function opensWhen(opensAt: number, now: number): string {
  const when = clockTime(opensAt, language.value);
  if (dayKey(opensAt) === dayKey(now)) return t('at', { when });
  if (dayKey(opensAt) === dayKey(now + dayMs)) return t('tomorrowAt', { when });
  const names: Intl.DateTimeFormatOptions = opensAt - now < 6 * dayMs ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  const name = new Intl.DateTimeFormat(`${language.value}-u-nu-latn`, names).format(opensAt);
  return t('dayAt', { name, when });
}

export interface Availability {
  here: boolean;
  text: string;
}

export function availability(info: InboxInfo | null, now: number): Availability {
  if (!info) return { here: false, text: t('away') };
  if (!info.open) {
    const text = info.opens_at ? t('closedUntil', { when: opensWhen(Date.parse(info.opens_at), now) }) : t('closedNow');
    return { here: false, text };
  }
  const seconds = info.typical_reply_seconds;
  if (seconds !== null) {
    const minutes = Math.max(1, Math.round(seconds / 60));
    return { here: true, text: minutes < 60 ? plural('repliesIn', minutes) : plural('repliesInHours', Math.ceil(minutes / 60)) };
  }
  return info.agents_online > 0 ? { here: true, text: t('online') } : { here: false, text: t('away') };
}
