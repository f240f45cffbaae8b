// Small pieces that several of the console's screens show.
import { initials, tone } from '../shared/format';
import { Icon, type IconName } from './icons';
import { count, plural, t, type TextKey } from './i18n';
import { urgencyOf } from './list_model';
import type { Agent, Channel, RoomRow } from './model';
import { useEffect, useState } from 'preact/hooks';
import { dismiss, toast } from './toasts';

export function Face({ name, id, size = 36, dot }: {
  name: string; id: string; size?: 20 | 24 | 28 | 36 | 44; dot?: 'active' | 'away' | 'gone' | undefined;
}) {
  const letters = initials(name);
  return (
    <span class={`face face-${size} tone-${tone(name || id)}`} aria-hidden="true">
      {letters || <Icon name="user" size={size > 30 ? 18 : 13} />}
      {dot && <i class={`presence ${dot}`} />}
    </span>
  );
}

const channelIcons: Record<Channel, IconName> = { widget: 'chat', student: 'student', order: 'bag', ticket: 'ticket' };
const channelWords: Record<Channel, TextKey> = {
  widget: 'website', student: 'channelStudent', order: 'channelOrder', ticket: 'channelTicket',
};

export function Origin({ channel }: { channel: Channel }) {
  return <span class="origin"><Icon name={channelIcons[channel]} size={14} />{t(channelWords[channel])}</span>;
}

// The origin and the inbox; one word when one says the other: "Orders" for "Order".
export function Inbox({ channel, name }: { channel: Channel; name: string }) {
  const word = t(channelWords[channel]).toLowerCase();
  if (name.trim().toLowerCase().replace(/s$/, '') === word) return <span class="origin"><Icon name={channelIcons[channel]} size={14} /><bdi>{name}</bdi></span>;
  return <><Origin channel={channel} /><span class="sep" aria-hidden="true">·</span><bdi>{name}</bdi></>;
}

export const priorityKeys = { low: 'low', medium: 'medium', high: 'high', urgent: 'urgent' } as const;
export const statusKeys = { open: 'statusOpen', pending: 'statusPending', closed: 'statusClosed' } as const;

const fullMinutes = 30;

// How long somebody waits: a ring that is full at 30 minutes, and always the number.
export function WaitingRing({ minutes }: { minutes: number }) {
  const length = 2 * Math.PI * 4.5;
  const part = Math.max(0.06, Math.min(1, minutes / fullMinutes));
  return (
    <span class={`waiting ${urgencyOf(minutes)}`} role="img" aria-label={plural('waitingMinutes', minutes)}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <circle class="ring-track" cx="6" cy="6" r="4.5" />
        <circle class="ring" cx="6" cy="6" r="4.5" stroke-dasharray={`${part * length} ${length}`} transform="rotate(-90 6 6)" />
      </svg>
      <span aria-hidden="true">{shortDuration(minutes)}</span>
    </span>
  );
}

export function shortDuration(minutes: number): string {
  if (minutes < 60) return t('shortMinutes', { n: minutes });
  if (minutes < 60 * 24) return t('shortHours', { n: Math.floor(minutes / 60) });
  return t('shortDays', { n: count(Math.floor(minutes / 60 / 24)) });
}

// "1m 44s", for figures; null = nothing was counted.
export function spanOf(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 60) return t('shortSeconds', { n: seconds });
  if (seconds < 3600) {
    const rest = seconds % 60;
    const minutes = t('shortMinutes', { n: Math.floor(seconds / 60) });
    return rest === 0 ? minutes : `${minutes} ${t('shortSeconds', { n: String(rest).padStart(2, '0') })}`;
  }
  const hours = t('shortHours', { n: count(Math.floor(seconds / 3600)) });
  const minutes = Math.floor((seconds % 3600) / 60);
  return minutes === 0 ? hours : `${hours} ${t('shortMinutes', { n: minutes })}`;
}

const isolated = (text: string) => `\u2066${text}\u2069`;

// "3 KB", isolated, so that it stays in one piece within a right-to-left sentence.
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return isolated(`${bytes} B`);
  if (bytes < 1024 * 1024) return isolated(`${Math.round(bytes / 1024)} KB`);
  return isolated(`${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`);
}

export function nameOf(contact: { name?: string; email?: string } | undefined): string {
  return contact?.name || contact?.email || t('visitor');
}

export function assigneeWords(row: Pick<RoomRow, 'assignees' | 'status'>, name: (id: string) => string | undefined): string {
  if (row.assignees.length === 0) return t('unassigned');
  return row.assignees.map((id) => firstName(name(id) ?? t('colleague'))).join(', ');
}

export const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name;
// Who works here may have been given a new link too: only one who is away has perhaps never come.
export const presenceOf = (agent: Agent | undefined) =>
  agent === undefined ? undefined
    : agent.deactivated || agent.invited_until && agent.availability === 'away' ? 'gone' as const : agent.availability;

export function ToastView() {
  const shown = toast.value;
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!shown?.action) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [shown]);
  return (
    <div aria-live="polite" class="toast-frame">
      {shown && (
        <div class={`toast ${shown.tone}`} role={shown.tone === 'bad' ? 'alert' : 'status'}>
          <Icon name={shown.tone === 'bad' ? 'warning' : 'check'} size={17} />
          <span>{shown.text}</span>
          {shown.action ? (
            <>
              <button type="button" onClick={shown.action.run}>{shown.action.label}</button>
              <small aria-hidden="true">{Math.max(0, Math.ceil((shown.endsAt - now) / 1000))}</small>
            </>
          ) : (
            <button type="button" class="toast-close" aria-label={t('dismiss')} onClick={dismiss}><Icon name="close" size={14} /></button>
          )}
        </div>
      )}
    </div>
  );
}
