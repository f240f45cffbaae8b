// The messages, what is on its way, and the field to write in.
import { useEffect, useRef } from 'preact/hooks';
import { Composer } from './composer';
import { IntroForm, isComplete } from './form';
import type { Frame } from './interface';
import { t } from './i18n';
import { lazy } from '../shared/lazy';
import { Notices } from './notices';
import { EmptyPicture, titleOf } from './panel';
import type { ChatStore } from './store';

const Log = lazy(async () => (await import('./log')).Log, WaitingLog);

export function Conversation({ store, frame }: { store: ChatStore; frame: Frame }) {
  const { messages } = store.timeline.value;
  const unsent = store.sender.unsent.value;
  const uploads = store.uploads.value;
  const empty = messages.length === 0 && unsent.length === 0 && uploads.length === 0;
  const starting = store.hasSession.value && !store.loaded.value && store.phase.value === 'starting';
  const files = useRef<HTMLElement>(null);
  // Somebody begins to write: what that needs should be there when they send.
  const begins = store.draft.value !== '' || Object.keys(store.form.value).length > 0;
  useEffect(() => {
    if (begins) void Promise.all([import('./log'), import('./socket')]).catch(() => undefined);
  }, [begins]);
  const asks = empty && !store.hasSession.value && store.asked.value.length > 0;

  const send = () => {
    if (!asks || isComplete(store)) store.send();
  };
  const dragged = (event: DragEvent, over: boolean) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    files.current?.classList.toggle('dragging', over);
  };
  const dropped = (event: DragEvent) => {
    dragged(event, false);
    if (event.dataTransfer?.files.length) store.sendFiles(event.dataTransfer.files);
  };

  return (
    <section
      class="talk" ref={files} aria-label={t('messages')} data-drop={t('drop')}
      onDragOver={(event) => dragged(event, true)} onDragLeave={(event) => dragged(event, false)} onDrop={dropped}
    >
      {empty ? (
        <div class="empty">
          {!starting && (
            <>
              <EmptyPicture />
              <h3>{t('hello')}</h3>
              <p>{t(frame.options.mode === 'student' ? 'helloStudent' : 'helloMore')}</p>
            </>
          )}
          {asks && <IntroForm store={store} />}
        </div>
      ) : (
        <Log store={store} frame={frame} />
      )}
      <div class="foot">
        <Notices store={store} />
        <Composer store={store} onSend={send} />
      </div>
      <Announcer store={store} frame={frame} />
    </section>
  );
}

// Should the server not even give the log: what was written is seen to wait.
function WaitingLog({ store }: { store: ChatStore; frame: Frame }) {
  return (
    <div class="log">
      {store.sender.unsent.value.map((entry) => (
        <div class="group out unsent" key={entry.clientId}><div class="bubble" dir="auto">{entry.content.slice(0, 2000)}</div></div>
      ))}
    </div>
  );
}

// The log itself is silent, or it would read out old messages too: only what comes in is said, with its sender.
function Announcer({ store, frame }: { store: ChatStore; frame: Frame }) {
  const message = store.arrived.value;
  const from = useRef(Date.now());
  useEffect(() => {
    from.current = Date.now();
  }, []);
  const fresh = message && message.side === 'agent';
  const name = message?.app === 'bot' ? t('bot') : (message && store.names.value.get(message.authorId)) ?? titleOf(store, frame);
  return (
    <div class="hidden" role="status" aria-live="polite">
      {fresh && t('said', { name, text: message.content.slice(0, 500) || t('file') })}
    </div>
  );
}
