// One conversation in the list. Line 1 name and waiting, 2 preview and unread, 3 origin, assignee, priority.
import { listTime } from '../shared/days';
import { clockTime } from '../shared/format';
import { draftKey } from './drafts';
import { Icon } from './icons';
import { count, locale, plural, region, t } from './i18n';
import { rowHeight, waitingMinutes } from './list_model';
import { nobody, type RoomRow, type SearchMatch } from './model';
import { assigneeWords, Face, firstName, nameOf, Origin, WaitingRing } from './parts';
import type { ConsoleStore } from './store';

export function Row({ row, index, total, store }: { row: RoomRow; index: number; total: number; store: ConsoleStore }) {
  const { list } = store;
  const now = store.now.value;
  const name = nameOf(row.contact);
  const current = store.room.id.value === row._id;
  const typing = store.typing.byRoom.value.has(row._id);
  const minutes = waitingMinutes(row, now);
  const chosen = list.selected.value.has(row._id);
  const at = Date.parse(row.last_message?.created_at ?? row.created_at);
  const words = row.match ? row.match.excerpt.map((piece) => piece.text).join('') : row.last_message
    ? row.last_message.content.slice(0, 160) || t(row.last_message.type === 'image' ? 'image' : 'file')
    : row.subject;
  const draft = current ? '' : store.drafts.value?.get(draftKey(row._id, 'text'))?.text.trim() ?? '';
  const choose = (event: MouseEvent) => {
    if (event.shiftKey) list.extend(row._id);
    else list.toggle(row._id);
  };
  return (
    <div
      class={`row${row.unread_count > 0 ? ' unread' : ''}${current ? ' current' : ''}${chosen ? ' chosen' : ''}${list.selected.value.size > 0 ? ' choosing' : ''}`}
      role="listitem" aria-posinset={index + 1} aria-setsize={total} data-room={row._id}
      style={{ insetBlockStart: `${index * rowHeight}px` }}
    >
      <Face name={row.contact.name || row.contact.email || ''} id={row._id} />
      <a class="row-name" href={`#room=${row._id}`} aria-current={current ? 'true' : undefined}><bdi>{name}</bdi></a>
      {minutes === null ? <time dateTime={row.last_message?.created_at}>{listTime(at, region(), now)}</time> : <WaitingRing minutes={minutes} />}
      <span class="row-preview">
        {typing && !row.match ? <em>{t('typingShort')}</em> : (
          <>
            {draft && !row.match ? <><em>{t('draft')}:</em> </> : <By row={row} message={row.match ?? row.last_message} store={store} />}
            <span class="row-words" dir={directionOf(row.match ? words : draft || words)}>
              {row.match ? <Excerpt of={row.match} /> : draft ? draft.slice(0, 160) : words}
            </span>
          </>
        )}
      </span>
      {row.unread_count > 0 && (
        <span class="count"><span aria-hidden="true">{row.unread_count > 99 ? '99+' : count(row.unread_count)}</span><span class="hidden">{plural('unread', row.unread_count)}</span></span>
      )}
      <span class="row-origin">
        <Origin channel={store.team.channel(row.inbox._id)} />
        <span class="sep" aria-hidden="true">•</span><bdi>{row.status === 'pending' && row.assignees.length === 0 ? t('bot') : assigneeWords(row, (id) => store.team.name(id))}</bdi>
        {(row.priority === 'urgent' || row.priority === 'high') && (
          <><span class="sep" aria-hidden="true">•</span><span class={`row-${row.priority}`}><Icon name="bars" size={13} />{t(row.priority)}</span></>
        )}
        {row.status === 'closed' && <><span class="sep" aria-hidden="true">•</span><span>{t('statusClosed')}</span></>}
        {row.snoozed_until > now && <><span class="sep" aria-hidden="true">•</span><span class="row-snoozed"><Icon name="moon" size={12} />{clockOrDay(row.snoozed_until, now)}</span></>}
        {row.is_favorite && <span class="row-star"><Icon name="star" size={13} /><span class="hidden">{t('favourite')}</span></span>}
      </span>
      <label class="row-check" title={t('select')}>
        <input
          type="checkbox" checked={chosen} aria-label={t('selectName', { name })}
          onClick={choose}
        />
      </label>
    </div>
  );
}

export function clockOrDay(at: number, now: number): string {
  if (at - now < 20 * 3_600_000) return clockTime(at, region());
  return new Intl.DateTimeFormat(locale(), { weekday: 'short', day: 'numeric', month: 'short' }).format(at);
}

// The text's own direction, so that what is cut off is its end; without letters, the interface's.
export function directionOf(text: string): 'ltr' | 'rtl' | undefined {
  const letter = /\p{L}/u.exec(text)?.[0];
  if (!letter) return undefined;
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter) ? 'rtl' : 'ltr';
}

// Whose words they are, on the interface's side of them.
function By({ row, message, store }: { row: RoomRow; message: SearchMatch | RoomRow['last_message']; store: ConsoleStore }) {
  if (message?.type === 'note') return <><Icon name="lock" size={12} /> </>;
  if (message?.sender_type !== 'agent') return null;
  return <><span class="row-by"><bdi>{authorOf(row, message.conversation_id, store)}</bdi>:</span> </>;
}

function authorOf(row: RoomRow, id: string | undefined, store: ConsoleStore): string {
  if (id === nobody || (row.status === 'pending' && row.assignees.length === 0)) return t('bot');
  if (id === store.me.conversation_id) return t('you');
  return firstName(store.team.name(id ?? '') ?? t('team'));
}

function Excerpt({ of }: { of: SearchMatch }) {
  return <>{of.excerpt.map((piece, at) => (piece.is_match ? <mark key={at}>{piece.text}</mark> : piece.text))}</>;
}
