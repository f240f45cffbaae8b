// The open conversation: who it is with, its messages, the composer.
import { useEffect, useRef } from 'preact/hooks';
import { Bubbles, UnsentBubbles } from '../shared/bubbles';
import { MessageField } from '../shared/composer';
import { Icon } from '../shared/icons';
import { t } from '../shared/i18n';
import { MessageLog } from '../shared/log';
import { TypingDots } from '../shared/parts';
import type { Message } from '../shared/timeline';
import { ContactPanel } from './contact';
import type { RoomDetail } from './rooms';
import type { ConsoleStore } from './store';

export function ConversationView({ store }: { store: ConsoleStore }) {
  const roomId = store.openId.value;
  if (!roomId) {
    return (
      <main class="sheet nothing">
        <NothingPicture />
        <h2>{t('choose')}</h2>
        <p>{t('chooseMore')}</p>
      </main>
    );
  }
  return (
    <main class="sheet">
      <section class="conversation" key={roomId}>
        <Head store={store} />
        {store.failure.value !== '' && (
          <p class="strip bad" role="alert"><Icon name="warning" size={16} />{t('failed', { name: store.failure.value })}</p>
        )}
        <Log store={store} roomId={roomId} />
        {store.lostAccess.value ? (
          <p class="strip warn" role="status"><Icon name="warning" size={16} />{t('lostAccess')}</p>
        ) : (
          <Composer store={store} />
        )}
      </section>
      <ContactPanel store={store} />
    </main>
  );
}

export function contactName(detail: RoomDetail | null): string {
  return detail ? detail.contact.name || detail.contact.email || t('visitor') : '';
}

function Head({ store }: { store: ConsoleStore }) {
  const detail = store.detail.value;
  const row = store.list.rows.value.find((candidate) => candidate._id === store.openId.value);
  const assignees = detail?.assignees ?? [];
  const mine = assignees.some((assignee) => assignee.conversation_id === store.me.conversation_id);
  const names = assignees.map((assignee) => assignee.user.name).join(', ');
  return (
    <div class="head">
      <a class="back" href="#" aria-label={t('backToList')}><Icon name="back" size={20} mirror /></a>
      <div class="head-title">
        <h1>
          <bdi>{contactName(detail)}</bdi>
          {detail && <span class={`chip ${detail.status}`}>{t(statusKey[detail.status])}</span>}
          {detail && (detail.priority === 'urgent' || detail.priority === 'high') && (
            <span class={`chip ${detail.priority}`}><Icon name="bars" size={13} /> {t(detail.priority)}</span>
          )}
        </h1>
        <p>
          <Icon name="chat" size={14} /> <bdi>{row?.inbox.name ?? t('website')}</bdi> •{' '}
          <bdi>{detail ? names || t('unassigned') : ''}</bdi>
        </p>
      </div>
      {detail && !store.lostAccess.value && (
        <div class="head-actions">
          {mine ? (
            <button type="button" class="button quiet" onClick={() => void store.assign([])}>{t('unassign')}</button>
          ) : (
            <button type="button" class="button" onClick={() => void store.assign([store.me.conversation_id])}>
              <Icon name="user" size={17} />{t('assignMe')}
            </button>
          )}
          {detail.status === 'closed' ? (
            <button type="button" class="button" onClick={() => void store.setStatus('open')}><Icon name="refresh" size={17} />{t('reopen')}</button>
          ) : (
            <button type="button" class="button" onClick={() => void store.setStatus('closed')}><Icon name="check" size={17} />{t('close')}</button>
          )}
        </div>
      )}
    </div>
  );
}

export const statusKey = { open: 'statusOpen', pending: 'statusPending', closed: 'statusClosed' } as const;

function Log({ store, roomId }: { store: ConsoleStore; roomId: string }) {
  const { messages, hasOlder } = store.timeline.value;
  const unsent = store.sender.unsent.value.filter((entry) => entry.roomId === roomId);
  const typing = store.typing.byRoom.value.get(roomId);
  const names = store.names.value;
  const nameOf = (message: Message) =>
    message.side === 'customer' ? contactName(store.detail.value) : names.get(message.authorId) ?? t('colleague');
  return (
    <MessageLog
      roomKey={roomId} firstId={messages[0]?.id ?? ''} count={messages.length + unsent.length}
      lastId={unsent[unsent.length - 1]?.clientId ?? messages[messages.length - 1]?.id ?? ''}
      onReachTop={() => void store.loadOlder()} onSeen={() => store.seen()}
    >
      {hasOlder && <p class="older">{t('older')}</p>}
      <Bubbles messages={messages} mySide="agent" nameOf={nameOf} showOwnName />
      <UnsentBubbles entries={unsent} onRetry={(id) => store.sender.retry(id)} onDrop={(id) => store.sender.drop(id)} />
      {typing !== undefined && (
        <div class="group in typing">
          <span class="bubble"><TypingDots /></span>
          <span class="typing-name">{t('typing', { name: typing || t('visitor') })}</span>
        </div>
      )}
    </MessageLog>
  );
}

function Composer({ store }: { store: ConsoleStore }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const mode = store.mode.value;
  const draft = store.drafts.value.get(store.draftKey()) ?? '';
  const unassigned = store.detail.value?.assignees.length === 0;
  const offline = store.live.state.value === 'offline';

  useEffect(() => {
    if (matchMedia('(min-width: 768px)').matches) field.current?.focus({ preventScroll: true });
  }, [store.openId.value, mode]);

  const setMode = (next: 'text' | 'note') => {
    store.typingReport.ended();
    store.mode.value = next;
  };
  const hint = mode === 'note' ? 'noteHint' : unassigned ? 'replyTakes' : 'replyHint';
  return (
    <div class="composer-frame">
      {offline && <p class="strip" role="status"><Icon name="offline" size={16} />{t('offline')}</p>}
      <form class={`composer ${mode}`} onSubmit={(event) => { event.preventDefault(); store.send(); }}>
        <div class="modes" role="group">
          <button type="button" aria-pressed={mode === 'text'} onClick={() => setMode('text')}>{t('reply')}</button>
          <button type="button" class="note-mode" aria-pressed={mode === 'note'} onClick={() => setMode('note')}>
            <Icon name="note" size={16} />{t('note')}
          </button>
        </div>
        <MessageField
          fieldRef={field} value={draft} label={t(hint)} onInput={(text) => store.typed(text)}
          onSend={() => store.send()} onBlur={() => store.typingReport.ended()}
        />
        <div class="composer-foot">
          <button type="submit" class="primary" disabled={draft.trim() === ''}>
            {mode === 'text' && <Icon name="send" size={17} mirror />}{t(mode === 'note' ? 'addNote' : 'send')}
          </button>
        </div>
      </form>
    </div>
  );
}

function NothingPicture() {
  return (
    <svg width="104" height="84" viewBox="0 0 120 96" aria-hidden="true">
      <path class="arch-outer" d="M22 90V50a38 38 0 0 1 76 0v40z" />
      <path class="arch-inner" d="M34 90V54a26 26 0 0 1 52 0v36z" />
      <path class="arch-ground" d="M10 90h100" />
    </svg>
  );
}
