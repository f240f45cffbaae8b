// The open conversation: its head, its messages, the composer; beside it, or over it, the contact.
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { MessageLog } from '../shared/log';
import { Empty } from '../shared/controls';
import { TypingDots } from '../shared/parts';
import { authorName, Messages, UnsentView } from './messages';
import { Composer } from './composer';
import { ContactPanel } from './contact';
import { AssignMenu, MoreMenu, SnoozeMenu } from './room_menus';
import { Icon } from './icons';
import { t } from './i18n';
import { draftKey } from './drafts';
import { Face, firstName, Inbox, nameOf, statusKeys } from './parts';
import { roomNumber } from './room_number';
import { say } from './toasts';
import type { ConsoleStore } from './store';

export const contactShown = signal(false); // where it is a drawer

export function ConversationView({ store }: { store: ConsoleStore }) {
  const roomId = store.room.id.value;
  useEffect(() => {
    contactShown.value = false;
  }, [roomId]);
  if (!roomId) {
    return (
      <main class="sheet nothing">
        <Empty picture="door" title={t('choose')}><p>{t('chooseBefore')} <kbd>J</kbd> {t('chooseAfter')}</p></Empty>
      </main>
    );
  }
  if (store.room.missing.value) {
    return (
      <main class="sheet nothing has-nothing">
        <Empty picture="search" title={t('roomMissing')}><p>{t('roomMissingMore')}</p><a class="button" href="#">{t('backToList')}</a></Empty>
      </main>
    );
  }
  return (
    <main class={`sheet${contactShown.value ? ' with-contact' : ''}`}>
      <section class="conversation" key={roomId} aria-label={t('conversation')}>
        <Head store={store} />
        <Log store={store} roomId={roomId} />
        <Announcer store={store} />
        {store.room.lostTo.value !== null ? <Lost store={store} roomId={roomId} /> : <Composer store={store} />}
      </section>
      {contactShown.value && <button type="button" class="drawer-shade" aria-label={t('hideContact')} onClick={() => { contactShown.value = false; }} />}
      <ContactPanel store={store} />
    </main>
  );
}

function Head({ store }: { store: ConsoleStore }) {
  const { room, team } = store;
  const detail = room.detail.value;
  const row = store.list.row(room.id.value ?? '');
  const contact = detail?.contact ?? row?.contact;
  const status = detail?.status ?? row?.status;
  const priority = detail?.priority ?? row?.priority;
  const lost = room.lostTo.value !== null;
  const viewers = room.viewers.value;
  const isOrder = detail && team.channel(detail.inbox_id) === 'order'; // known by the order's number
  return (
    <header class="head">
      <a class="back icon-button" href="#" aria-label={t('backToList')}><Icon name="back" size={20} mirror /></a>
      <button type="button" class="head-face" onClick={() => { contactShown.value = true; }}>
        <span class="hidden">{t('showContact')}</span>
        <Face name={contact?.name ?? ''} id={room.id.value ?? ''} size={36} />
      </button>
      <div class="head-title">
        <h1><bdi>{contact ? nameOf(contact) : ''}</bdi></h1>
        <p class="head-chips">
          {status && <span class={`chip ${status}`}>{t(statusKeys[status])}</span>}
          {(priority === 'urgent' || priority === 'high') && <span class={`chip ${priority}`}><Icon name="bars" size={13} /> {t(priority)}</span>}
          {room.contact.value?.blocked && <span class="chip bad">{t('blocked')}</span>}
        </p>
        <p class="head-sub">
          <bdi dir="ltr">#{detail && isOrder ? detail.subject.replace(/^Order /, '') : roomNumber(room.id.value ?? '')}</bdi><span class="sep" aria-hidden="true">•</span>
          {detail && <Inbox channel={team.channel(detail.inbox_id)} name={detail.inbox.name} />}
        </p>
        {viewers.length > 0 && <p class="head-viewing"><Icon name="eye" size={14} />{viewingWords(viewers)}</p>}
      </div>
      {viewers.length > 0 && (
        <span class="viewing" role="status">
          {viewers.slice(0, 2).map((one) => <Face key={one.conversation_id} name={one.name} id={one.conversation_id} size={20} />)}
          <span>{viewingWords(viewers)}</span>
        </span>
      )}
      {detail && !lost && (
        <div class="head-actions">
          <AssignMenu store={store} detail={detail} />
          <button
            type="button" class="icon-button head-star" aria-pressed={detail.is_favorite} aria-label={t('favourite')} title={t('favourite')}
            onClick={() => void store.favorite(detail._id)}
          ><Icon name="star" size={18} /></button>
          <SnoozeMenu store={store} detail={detail} />
          <MoreMenu store={store} detail={detail} />
          {detail.status === 'closed' ? (
            <button type="button" class="button head-close" onClick={() => void store.setStatus(detail._id, 'open')}><Icon name="refresh" size={17} /><span>{t('reopen')}</span></button>
          ) : (
            <button type="button" class="button head-close" onClick={() => void store.setStatus(detail._id, 'closed')}><Icon name="check" size={17} /><span>{t('close')}</span></button>
          )}
        </div>
      )}
      <button
        type="button" class="icon-button head-contact" aria-label={t('showContact')} title={t('showContact')} aria-pressed={contactShown.value}
        onClick={() => { contactShown.value = !contactShown.value; }}
      ><Icon name="user" size={19} /></button>
    </header>
  );
}

function viewingWords(viewers: readonly { name: string }[]): string {
  const names = viewers.map((one) => firstName(one.name));
  if (names.length === 1) return t('viewingOne', { name: names[0] ?? '' });
  return t('viewingSome', { name: names[0] ?? '', n: names.length - 1 });
}

function Log({ store, roomId }: { store: ConsoleStore; roomId: string }) {
  const { room } = store;
  const { messages, hasOlder } = room.timeline.value;
  const unsent = store.sender.unsent.value.filter((entry) => entry.roomId === roomId);
  const typing = store.typing.byRoom.value.get(roomId);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <MessageLog
      roomKey={roomId} firstId={messages[0]?.id ?? ''} count={messages.length + unsent.length} own={unsent.length}
      lastId={unsent[unsent.length - 1]?.clientId ?? messages[messages.length - 1]?.id ?? ''}
      onReachTop={() => void room.loadOlder()} onSeen={() => room.seen()} onMoved={(atEnd) => { room.atEnd.value = atEnd; }}
    >
      {hasOlder && <p class="older">{t('older')}</p>}
      {!room.loaded.value && slow && <div class="log-skeleton" aria-hidden="true"><i /><i /><i /></div>}
      <Messages store={store} messages={messages} lines={room.lines.value} />
      <UnsentView store={store} entries={unsent} />
      {typing !== undefined && (
        <div class="group in typing">
          <span class="bubble"><TypingDots /></span>
          <span class="typing-name">{t('typing', { name: firstName(typing) || t('visitor') })}</span>
        </div>
      )}
    </MessageLog>
  );
}

// The log is silent, or it would read out old messages too: only what comes in is said, with its sender.
function Announcer({ store }: { store: ConsoleStore }) {
  const message = store.room.said.value;
  const words = message && `${authorName(store, message)}: ${message.content.slice(0, 500) || message.attachments[0]?.name || t('file')}`;
  return <p class="hidden" role="status" aria-live="polite">{words}</p>;
}

// The room is somebody else's now: what was being written can be taken along.
function Lost({ store, roomId }: { store: ConsoleStore; roomId: string }) {
  const to = store.room.lostTo.value;
  const draft = store.drafts.value?.get(draftKey(roomId, 'text'))?.text ?? store.drafts.value?.get(draftKey(roomId, 'note'))?.text ?? '';
  const copy = async () => {
    await navigator.clipboard.writeText(draft).catch(() => undefined);
    say(t('copied'));
  };
  return (
    <div class="lost" role="alert">
      <p><Icon name="warning" size={16} /><span>{to ? t('nowWith', { name: to }) : t('lostAccess')}</span>
        {draft !== '' && <button type="button" onClick={() => void copy()}>{t('copyDraft')}</button>}</p>
      {draft !== '' && <p class="lost-draft" dir="auto">{draft}</p>}
    </div>
  );
}
