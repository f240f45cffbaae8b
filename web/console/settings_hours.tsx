// When an inbox is open: a time zone, a time for each day, holidays.
import { useState } from 'preact/hooks';
import { Field, Switch } from '../shared/controls';
import { Icon } from './icons';
import { locale, t } from './i18n';
import type { Hours } from './model';

const monday = Date.UTC(2024, 0, 1);
const zones: string[] = (Intl as unknown as { supportedValuesOf?: (key: string) => string[] }).supportedValuesOf?.('timeZone') ?? [];
const plainWeek = (): Hours['week'] => [...Array.from({ length: 5 }, (): [string, string] => ['09:00', '17:00']), null, null];

export function HoursEditor({ hours, onChange }: { hours: Hours | null; onChange: (hours: Hours | null) => void }) {
  const [holiday, setHoliday] = useState('');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayName = (day: number) => new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(monday + day * 86_400_000);
  const always = hours === null;
  return (
    <div class="hours">
      <Switch on={always} label={t('alwaysOpen')} hint={t('alwaysOpenMore')} onChange={(on) => onChange(on ? null : { timezone: here, week: plainWeek(), holidays: [] })} />
      {hours && (
        <>
          <Field label={t('timeZone')}>
            {(ids) => (
              <select class="select" {...ids} dir="ltr" value={hours.timezone} onChange={(event) => onChange({ ...hours, timezone: event.currentTarget.value })}>
                {[...new Set([hours.timezone, here, ...zones])].map((zone) => <option key={zone} value={zone}>{zone.replace(/_/g, ' ')}</option>)}
              </select>
            )}
          </Field>
          <ul class="week">
            {hours.week.map((span, day) => {
              const set = (next: [string, string] | null) => onChange({ ...hours, week: hours.week.map((one, at) => (at === day ? next : one)) });
              return (
                <li key={day}>
                  <label class="week-day"><input type="checkbox" class="check" checked={span !== null} onChange={(event) => set(event.currentTarget.checked ? ['09:00', '17:00'] : null)} />{dayName(day)}</label>
                  {span ? (
                    <span class="week-times">
                      <input class="input" type="time" dir="ltr" value={span[0]} aria-label={`${dayName(day)}, ${t('from')}`} onInput={(event) => set([event.currentTarget.value, span[1]])} />
                      <span>–</span>
                      <input class="input" type="time" dir="ltr" value={span[1]} aria-label={`${dayName(day)}, ${t('until')}`} onInput={(event) => set([span[0], event.currentTarget.value])} />
                    </span>
                  ) : <span class="week-closed">{t('closedDay')}</span>}
                </li>
              );
            })}
          </ul>
          <div class="field">
            <span class="field-label">{t('holidays')}</span>
            <div class="tags">
              {(hours.holidays ?? []).map((day) => (
                <span class="chip tag" key={day}><bdi dir="ltr">{day}</bdi><button type="button" aria-label={t('removeTag', { name: day })} onClick={() => onChange({ ...hours, holidays: (hours.holidays ?? []).filter((one) => one !== day) })}><Icon name="close" size={11} /></button></span>
              ))}
              <input class="input holiday" type="date" value={holiday} aria-label={t('addHoliday')} onInput={(event) => setHoliday(event.currentTarget.value)} />
              <button type="button" class="button" disabled={!holiday} onClick={() => { onChange({ ...hours, holidays: [...new Set([...(hours.holidays ?? []), holiday])].sort() }); setHoliday(''); }}>{t('add')}</button>
            </div>
          </div>
        </>
      )}
    </div>
  );
}
