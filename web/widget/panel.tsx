// The visitor's chat: a launcher, and the panel that it opens.
import { useEffect, useRef } from 'preact/hooks';
import { Bubbles, UnsentBubbles } from '../shared/bubbles';
import { MessageField } from '../shared/composer';
import { Icon, Logo } from '../shared/icons';
import { plural, t } from '../shared/i18n';
import { MessageLog } from '../shared/log';
import { TypingDots } from '../shared/parts';
import type { VisitorStore } from './store';

export function ChatPanel({ store }: { store: VisitorStore }) {
  const launcher = useRef<HTMLButtonElement>(null);
  const open = store.open.value;
  const unread = store.unread.value;
  const close = () => {
    store.setOpen(false);
    requestAnimationFrame(() => launcher.current?.focus());
  };
  return (
    <>
      <button
        ref={launcher} type="button" class={`launcher${open ? ' is-open' : ''}`} aria-expanded={open} aria-controls="chat"
        aria-label={open ? t('closeChat') : unread > 0 ? plural('openChatUnread', unread) : t('openChat')}
        onClick={() => (open ? close() : store.setOpen(true))}
      >
        <Logo size={34} />
        {!open && unread > 0 && <span class="launcher-count" aria-hidden="true">{unread}</span>}
      </button>
      {open && <Panel store={store} onClose={close} />}
    </>
  );
}

function Panel({ store, onClose }: { store: VisitorStore; onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  const phase = store.phase.value;
  const live = store.live.state.value;
  const waiting = store.hasSession.value && live !== 'online';

  return (
    <section
      ref={panel} class="panel" id="chat" role="dialog" aria-label={t('shopName')}
      onKeyDown={(event) => event.key === 'Escape' && !event.isComposing && onClose()}
    >
      <div class="panel-head">
        <span class="panel-avatars" aria-hidden="true"><i>T</i><i>O</i></span>
        <div class="panel-title">
          <h2>{t('shopName')}</h2>
          <p><i class={waiting ? 'dot hollow' : 'dot'} />{waiting ? t('reconnecting') : t('online')}</p>
        </div>
        <svg class="panel-arches" viewBox="0 0 120 74" aria-hidden="true">
          <path d="M14 74V56a20 20 0 0 1 40 0v18zM50 74V52a30 30 0 0 1 60 0v22z" />
        </svg>
        <button type="button" class="panel-close" aria-label={t('closeChat')} onClick={onClose}>
          <Icon name="close" size={20} />
        </button>
      </div>
      {phase === 'off' || phase === 'refused' ? (
        <div class="empty">
          <EmptyPicture />
          <h3>{t('unavailable')}</h3>
          <p>{t(phase === 'off' ? 'noDemo' : 'sessionRefused')}</p>
        </div>
      ) : (
        <Conversation store={store} />
      )}
    </section>
  );
}

function Conversation({ store }: { store: VisitorStore }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const timeline = store.timeline.value;
  const unsent = store.sender.unsent.value;
  const messages = timeline.messages;
  const room = store.room.value;
  const typing = room ? store.typing.byRoom.value.get(room.id) : undefined;
  const empty = messages.length === 0 && unsent.length === 0;

  useEffect(() => {
    // On a small screen the keyboard would cover the greeting.
    if (matchMedia('(min-width: 640px)').matches) field.current?.focus({ preventScroll: true });
  }, []);

  const send = () => {
    store.send();
    field.current?.focus();
  };

  return (
    <>
      {empty ? (
        <div class="empty">
          <EmptyPicture />
          <h3>{t('hello')}</h3>
          <p>{t('helloMore')}</p>
        </div>
      ) : (
        <MessageLog
          roomKey={room?.id ?? 'new'} firstId={messages[0]?.id ?? ''} count={messages.length + unsent.length}
          lastId={unsent[unsent.length - 1]?.clientId ?? messages[messages.length - 1]?.id ?? ''}
          onReachTop={() => void store.loadOlder()} onSeen={() => store.seen()}
        >
          <Bubbles messages={messages} mySide="customer" nameOf={() => t('support')} showOwnName={false} />
          <UnsentBubbles entries={unsent} onRetry={(id) => store.sender.retry(id)} onDrop={(id) => store.sender.drop(id)} />
          {typing !== undefined && (
            <div class="group in typing"><span class="bubble"><TypingDots /></span>
              <span class="hidden">{t('typing', { name: typing || t('someone') })}</span>
            </div>
          )}
        </MessageLog>
      )}
      <div class="panel-foot">
        <Notices store={store} />
        {empty && !store.hasSession.value && (
          <input
            class="name-field" type="text" autocomplete="name" maxLength={100} dir={store.name.value === '' ? undefined : 'auto'} value={store.name.value}
            placeholder={t('yourName')} aria-label={t('yourName')}
            onInput={(event) => (store.name.value = event.currentTarget.value)}
          />
        )}
        <form class="panel-composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
          <MessageField
            fieldRef={field} value={store.draft.value} label={t('writeMessage')} onSend={send}
            onInput={(text) => store.typed(text)} onBlur={() => store.typingReport.ended()}
          />
          <button type="submit" class="panel-send" aria-label={t('send')} disabled={store.draft.value.trim() === ''}>
            <Icon name="send" size={20} mirror />
          </button>
        </form>
      </div>
    </>
  );
}

function Notices({ store }: { store: VisitorStore }) {
  const offline = store.hasSession.value && store.live.state.value === 'offline';
  const slowedMs = store.sender.slowedUntil.value - Date.now();
  const slowed = store.sender.unsent.value.length > 0 && slowedMs > 0;
  return (
    <div role="status">
      {offline && <p class="notice"><Icon name="offline" size={16} />{t('offline')}</p>}
      {!offline && slowed && (
        <p class="notice"><Icon name="clock" size={16} />{t('slowed', { n: Math.ceil(slowedMs / 1000) })}</p>
      )}
      {!offline && store.room.value?.status === 'closed' && (
        <p class="notice tint"><Icon name="check" size={16} />{t('closedRoom')}</p>
      )}
    </div>
  );
}

function EmptyPicture() {
  return (
    <svg class="empty-picture" viewBox="0 0 120 96" width="120" height="96" aria-hidden="true">
      <path class="arch-outer" d="M22 90V50a38 38 0 0 1 76 0v40z" />
      <path class="arch-inner" d="M34 90V54a26 26 0 0 1 52 0v36z" />
      <path class="logo-arch" d="M46 90V70a14 14 0 0 1 28 0v4a8 8 0 0 1-8 8H54z" />
      <path class="arch-inner" d="M54.500 76v-6a5.500 5.500 0 0 1 11 0v6z" />
      <circle cx="106" cy="20" r="8" fill="#E88B62" />
      <path class="arch-ground" d="M10 90h100" />
    </svg>
  );
}
