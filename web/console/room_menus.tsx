// The menus of a conversation's head: who has it, until when it sleeps, and the rest.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { MenuItem, Popover } from '../shared/menu';
import { Icon } from './icons';
import { t } from './i18n';
import type { RoomDetail } from './model';
import { Face, firstName, presenceOf } from './parts';
import { clockOrDay } from './row';
import { snoozeTimes } from './snooze';
import type { ConsoleStore } from './store';

// Opened by their keys too.
export const assignOpen = signal(false);
export const snoozeOpen = signal(false);

interface Props {
  store: ConsoleStore;
  detail: RoomDetail;
}

export function AssignMenu({ store, detail }: Props) {
  const [asked, setAsked] = useState('');
  const ids = detail.assignees.map((one) => one.conversation_id);
  const first = detail.assignees[0];
  const me = store.me.conversation_id;
  const words = !first ? t('unassigned') : detail.assignees.map((one) => firstName(one.user.name)).join(', ');
  const people = store.team.assignable(detail.inbox_id)
    .filter((agent) => agent.name.toLocaleLowerCase().includes(asked.trim().toLocaleLowerCase()));
  return (
    <Popover
      label={t('assignedTo', { name: words })} buttonClass="button assign-button" align="end" openSignal={assignOpen}
      button={<>{first ? <Face name={first.user.name} id={first.conversation_id} size={20} /> : <Icon name="assign" size={17} />}<bdi>{words}</bdi><Icon name="chevron" size={14} /></>}
    >
      {(close) => {
        const give = (to: string[]) => {
          close();
          setAsked('');
          void store.assign(detail._id, to);
        };
        return (
          <>
            {!ids.includes(me) && <MenuItem icon={<Icon name="assign" size={17} />} hint="A" onChoose={() => give([me])}>{t('assignMe')}</MenuItem>}
            {ids.length > 0 && <MenuItem icon={<Icon name="close" size={17} />} onChoose={() => give([])}>{t('unassign')}</MenuItem>}
            <hr />
            {store.team.assignable(detail.inbox_id).length > 8 && (
              <input class="input menu-search" dir="auto" value={asked} placeholder={t('findPeople')} aria-label={t('findPeople')} onInput={(event) => setAsked(event.currentTarget.value)} />
            )}
            <div class="menu-scroll">
              {people.map((agent) => (
                <MenuItem
                  key={agent._id} checked={ids.includes(agent.conversation_id)}
                  icon={<Face name={agent.name} id={agent.conversation_id} size={24} dot={presenceOf(agent)} />}
                  onChoose={() => give([agent.conversation_id])}
                ><bdi>{agent.name}</bdi></MenuItem>
              ))}
            </div>
          </>
        );
      }}
    </Popover>
  );
}

export function SnoozeMenu({ store, detail }: Props) {
  const now = Date.now();
  const asleep = detail.snoozed_until > now;
  return (
    <Popover
      label={asleep ? t('snoozedUntil', { name: clockOrDay(detail.snoozed_until, now) }) : t('snooze')} align="end" openSignal={snoozeOpen}
      buttonClass={`icon-button head-snooze${asleep ? ' is-on' : ''}`} button={<Icon name="moon" size={18} />}
    >
      {(close) => (
        <>
          <p class="menu-title" role="presentation">{t('snoozeMore')}</p>
          {snoozeTimes(now).map(({ key, at }) => (
            <MenuItem key={key} hint={clockOrDay(at, now)} onChoose={() => { close(); void store.snooze(detail._id, at, clockOrDay(at, now)); }}>{t(key)}</MenuItem>
          ))}
          {asleep && <MenuItem icon={<Icon name="bell" size={17} />} onChoose={() => { close(); void store.snooze(detail._id, 0, ''); }}>{t('wake')}</MenuItem>}
        </>
      )}
    </Popover>
  );
}

export function MoreMenu({ store, detail }: Props) {
  const mine = detail.assignees.some((one) => one.conversation_id === store.me.conversation_id);
  return (
    <Popover label={t('more')} align="end" button={<Icon name="more" size={20} />} buttonClass="icon-button head-more">
      {(close) => (
        <>
          <div class="only-small">
            <MenuItem icon={<Icon name="assign" size={17} />} onChoose={() => { close(); void store.assign(detail._id, mine ? [] : [store.me.conversation_id]); }}>{t(mine ? 'unassign' : 'assignMe')}</MenuItem>
            <MenuItem icon={<Icon name="star" size={17} />} onChoose={() => { close(); void store.favorite(detail._id); }}>{t(detail.is_favorite ? 'unfavourite' : 'favourite')}</MenuItem>
            <MenuItem icon={<Icon name="moon" size={17} />} onChoose={() => { close(); snoozeOpen.value = true; }}>{t('snooze')}…</MenuItem>
            <MenuItem icon={<Icon name="people" size={17} />} onChoose={() => { close(); assignOpen.value = true; }}>{t('assign')}…</MenuItem>
            <hr />
          </div>
          <p class="menu-title" role="presentation">{t('priority')}</p>
          {(['urgent', 'high', 'medium', 'low'] as const).map((one) => (
            <MenuItem key={one} checked={detail.priority === one} icon={<Icon name="bars" size={16} />} onChoose={() => { close(); void store.setRoom(detail._id, { priority: one }); }}>{t(one)}</MenuItem>
          ))}
          <hr />
          {detail.status !== 'pending' && <MenuItem icon={<Icon name="clock" size={17} />} onChoose={() => { close(); void store.setStatus(detail._id, 'pending'); }}>{t('setPending')}</MenuItem>}
          {detail.status === 'pending' && <MenuItem icon={<Icon name="refresh" size={17} />} onChoose={() => { close(); void store.setStatus(detail._id, 'open'); }}>{t('setOpen')}</MenuItem>}
        </>
      )}
    </Popover>
  );
}
