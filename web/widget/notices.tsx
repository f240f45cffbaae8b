// What stands above the field: one notice at a time, the most pressing first.
import { useEffect, useState } from 'preact/hooks';
import { clockTime } from '../shared/format';
import { opensWhen } from './hours';
import { Icon, type IconName } from './icons';
import { language, t } from './i18n';
import type { ChatStore } from './store';

interface Notice {
  kind: 'plain' | 'tint' | 'bad';
  icon: IconName;
  text: string;
}

export function Notices({ store }: { store: ChatStore }) {
  const seconds = useSecondsUntil(store.sender.slowedUntil.value);
  const complaint = store.complaint.value;
  const notice = pick(store, seconds);
  return (
    <div role="status">
      {complaint && (
        <p class="notice bad">
          <Icon name="warning" /><span>{complaint}</span>
          <button type="button" aria-label={t('dismiss')} onClick={() => (store.complaint.value = '')}><Icon name="close" size={16} /></button>
        </p>
      )}
      {notice && <p class={`notice ${notice.kind}`}><Icon name={notice.icon} /><span dir="auto">{notice.text}</span></p>}
    </div>
  );
}

function pick(store: ChatStore, seconds: number): Notice | null {
  const room = store.room.value;
  const info = store.info.value;
  if (store.hasSession.value && store.live.state.value === 'offline') return { kind: 'plain', icon: 'offline', text: t('offline') };
  if (seconds > 0 && store.sender.unsent.value.length > 0) return { kind: 'plain', icon: 'clock', text: t('slowed', { n: seconds }) };
  if (store.blocked.value && room) {
    return { kind: 'tint', icon: 'clock', text: t('withTeam', { when: clockTime(room.since, language.value) }) };
  }
  if (info && !info.open) {
    const text = info.away_message || (info.opens_at ? t('backWhen', { when: opensWhen(Date.parse(info.opens_at), Date.now()) }) : t('closedHours'));
    return { kind: 'tint', icon: 'moon', text };
  }
  if (room?.status === 'closed') return { kind: 'tint', icon: 'check', text: t('closedRoom') };
  return null;
}

function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (at <= Date.now()) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [at]);
  return Math.ceil((at - now) / 1000);
}
