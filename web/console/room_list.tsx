// The list of conversations: search, three views by status, rows that open a room.
import { listTime } from '../shared/format';
import { Icon } from '../shared/icons';
import { language, plural, t } from '../shared/i18n';
import { Avatar } from '../shared/parts';
import type { Tab } from './room_list_store';
import { activityOf, type RoomRow } from './rooms';
import type { ConsoleStore } from './store';

const tabs: { tab: Tab; key: 'tabOpen' | 'tabClosed' | 'tabAll' }[] = [
  { tab: 'open', key: 'tabOpen' },
  { tab: 'closed', key: 'tabClosed' },
  { tab: 'all', key: 'tabAll' },
];

export function RoomListView({ store }: { store: ConsoleStore }) {
  const list = store.list;
  const live = store.live.state.value;
  const scrolled = (element: HTMLElement) => {
    if (element.scrollHeight - element.scrollTop - element.clientHeight < 300) void list.loadMore();
  };
  return (
    <nav class="list" aria-label={t('conversations')}>
      <div class="list-head">
        <h1>{t('conversations')}</h1>
        {live !== 'online' && <span class="connection" role="status">{t('reconnecting')}</span>}
      </div>
      <div class="search">
        <Icon name="search" size={17} />
        <input
          type="search" dir={list.search.value === '' ? undefined : 'auto'} value={list.search.value} placeholder={t('searchPeople')} aria-label={t('searchPeople')}
          onInput={(event) => list.setSearch(event.currentTarget.value)}
        />
        {list.search.value !== '' && (
          <button type="button" aria-label={t('clearSearch')} onClick={() => list.setSearch('')}><Icon name="close" size={15} /></button>
        )}
      </div>
      <div class="tabs" role="group">
        {tabs.map(({ tab, key }) => (
          <button type="button" key={tab} aria-pressed={list.tab.value === tab} onClick={() => list.setTab(tab)}>
            {t(key)}{list.tab.value === tab && list.loaded.value && <small>{list.total.value}</small>}
          </button>
        ))}
      </div>
      <p class="order">{t('lastActive')}</p>
      <div class="rows" onScroll={(event) => scrolled(event.currentTarget)}>
        {list.rows.value.map((row) => <Row key={row._id} row={row} store={store} />)}
        {list.loaded.value && list.rows.value.length === 0 && <NoRows search={list.search.value.trim()} tab={list.tab.value} />}
      </div>
    </nav>
  );
}

function NoRows({ search, tab }: { search: string; tab: Tab }) {
  if (search) return <div class="no-rows"><p>{t('noResult', { name: search })}</p></div>;
  if (tab === 'closed') return <div class="no-rows"><p>{t('noClosed')}</p></div>;
  return (
    <div class="no-rows">
      <p>{t('nobody')}</p>
      <p class="more">{t('nobodyMore')}</p>
    </div>
  );
}

function Row({ row, store }: { row: RoomRow; store: ConsoleStore }) {
  const name = row.contact.name || row.contact.email || t('visitor');
  const selected = store.openId.value === row._id;
  const typing = store.typing.byRoom.value.has(row._id);
  const at = activityOf(row);
  return (
    <a class={`row${row.unread_count > 0 ? ' unread' : ''}`} href={`#room=${row._id}`} aria-current={selected ? 'true' : undefined}>
      <Avatar name={row.contact.name || row.contact.email || ''} id={row._id} large />
      <span class="row-name"><bdi>{name}</bdi></span>
      <time dateTime={new Date(at).toISOString()}>{listTime(at, language.value, Date.now())}</time>
      <span class="row-preview" dir="auto">{typing ? <em>{t('typing', { name })}</em> : <Preview row={row} />}</span>
      {row.unread_count > 0 ? (
        <span class="count"><span aria-hidden="true">{row.unread_count}</span><span class="hidden">{plural('unread', row.unread_count)}</span></span>
      ) : <span />}
      <span class="row-origin">
        <Icon name="chat" size={14} /><bdi>{row.inbox.name || t('website')}</bdi> • <bdi>{assigneeOf(row, store)}</bdi>
        {(row.priority === 'urgent' || row.priority === 'high') && (
          <span class={`row-${row.priority}`}> • <Icon name="bars" size={13} /> {t(row.priority)}</span>
        )}
        {row.status !== 'open' && <> • {t(row.status === 'closed' ? 'statusClosed' : 'statusPending')}</>}
      </span>
    </a>
  );
}

function Preview({ row }: { row: RoomRow }) {
  const last = row.last_message;
  if (!last) return null;
  if (last.type === 'note') return <><Icon name="lock" size={13} /> {last.content}</>;
  if (!last.content && last.type === 'image') return <>{t('image')}</>;
  if (!last.content && last.type === 'file') return <>{t('file')}</>;
  return <>{last.content}</>;
}

function assigneeOf(row: RoomRow, store: ConsoleStore): string {
  const first = row.assignees[0];
  if (first === undefined) return t('unassigned');
  if (row.assignees.includes(store.me.conversation_id)) return t('you');
  return store.names.value.get(first) ?? t('colleague');
}
