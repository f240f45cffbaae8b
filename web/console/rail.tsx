// The places of the console, and who one is. On a small screen, the bar at the bottom.
import { MenuItem, Popover } from '../shared/menu';
import { toggleLanguage } from '../shared/i18n';
import { Icon, Logo, type IconName } from './icons';
import { t, type TextKey } from './i18n';
import { waitingMinutes } from './list_model';
import { askForNotifications, want, wanted } from './notifier';
import { Face, presenceOf } from './parts';
import type { Route } from './route';
import type { ConsoleStore } from './store';

const places: { place: Route['place']; icon: IconName; key: TextKey; href: string }[] = [
  { place: 'inbox', icon: 'inbox', key: 'placeInbox', href: '#' },
  { place: 'people', icon: 'people', key: 'placePeople', href: '#people' },
  { place: 'dashboard', icon: 'chart', key: 'placeDashboard', href: '#dashboard' },
];

export function Rail({ store, route, onKeys, onSignOut }: {
  store: ConsoleStore; route: Route; onKeys: () => void; onSignOut: () => void;
}) {
  const onBot = route.parts[0] === 'intents';
  const elsewhere = route.place !== 'inbox';
  const first = store.list.pages.value.get(0)?.[0];
  const waiting = first !== undefined && waitingMinutes(first, store.now.value) !== null;
  return (
    <nav class="rail" aria-label={t('places')}>
      <a class="rail-logo" href="#" aria-label="Parlor" tabIndex={-1}><Logo size={30} /></a>
      {places.map(({ place, icon, key, href }) => (
        <a key={place} class="rail-place" href={href} aria-current={route.place === place ? 'page' : undefined} title={t(key)}>
          <Icon name={icon} size={21} />
          <span class="rail-word">{t(key)}</span>
          {place === 'inbox' && elsewhere && waiting && <i class="rail-dot"><span class="hidden">{t('someoneWaits')}</span></i>}
        </a>
      ))}
      {store.isAdmin && (
        <a class="rail-place rail-bot" href="#settings/intents" aria-current={onBot ? 'page' : undefined} title={t('bot')}>
          <Icon name="bot" size={21} /><span class="rail-word">{t('bot')}</span>
        </a>
      )}
      <span class="rail-space" />
      <button type="button" class="rail-place rail-keys" title={t('keys')} aria-label={t('keys')} onClick={onKeys}>
        <Icon name="keyboard" size={21} />
      </button>
      <a class="rail-place" href="#settings" aria-current={route.place === 'settings' && !onBot ? 'page' : undefined} title={t('placeSettings')}>
        <Icon name="sliders" size={21} /><span class="rail-word">{t('placeSettings')}</span>
      </a>
      <Me store={store} onKeys={onKeys} onSignOut={onSignOut} />
    </nav>
  );
}

function Me({ store, onKeys, onSignOut }: { store: ConsoleStore; onKeys: () => void; onSignOut: () => void }) {
  const agent = store.team.byConversation.value.get(store.me.conversation_id);
  const online = store.live.state.value === 'online';
  const away = agent?.availability === 'away';
  const setAvailability = async (status: 'active' | 'away') => {
    await store.change(() => store.api.send('PATCH', '/agent/availability', { status, pinned: status === 'away' }));
    await store.team.loadAgents().catch(() => undefined);
  };
  return (
    <Popover
      label={t('myMenu', { name: store.me.name })} title={store.me.name} buttonClass="rail-me" side="above" align="start" panelClass="me-panel"
      button={<Face name={store.me.name} id={store.me.conversation_id} size={36} dot={!online ? 'gone' : presenceOf(agent) ?? 'active'} />}
    >
      {(close) => (
        <>
          <div class="me-head"><strong><bdi>{store.me.name}</bdi></strong><span><bdi dir="ltr">{store.me.email}</bdi></span></div>
          <MenuItem icon={<i class="presence active" />} checked={!away} onChoose={() => { close(); void setAvailability('active'); }}>{t('active')}</MenuItem>
          <MenuItem icon={<i class="presence away" />} checked={away} onChoose={() => { close(); void setAvailability('away'); }}>{t('away')}</MenuItem>
          <hr />
          <MenuItem
            icon={<Icon name="bell" size={17} />} checked={wanted.value.notifications}
            onChoose={() => (wanted.value.notifications ? want({ notifications: false }) : void askForNotifications())}
          >{t('notifications')}</MenuItem>
          <MenuItem icon={<Icon name="volume" size={17} />} checked={wanted.value.sound} onChoose={() => want({ sound: !wanted.value.sound })}>{t('sound')}</MenuItem>
          <MenuItem icon={<Icon name="keyboard" size={17} />} hint="?" onChoose={() => { close(); onKeys(); }}>{t('keys')}</MenuItem>
          <button
            type="button" class="menu-item language" role="menuitem" tabIndex={-1}
            onClick={() => { close(); toggleLanguage(); }}
          >
            <Icon name="globe" size={17} /><span class="menu-words" lang={t('otherLanguageCode')}>{t('otherLanguage')}</span>
          </button>
          <hr />
          <MenuItem icon={<Icon name="out" size={17} mirror />} onChoose={onSignOut}>{t('signOut')}</MenuItem>
        </>
      )}
    </Popover>
  );
}
