// Where an agent writes: reply or note, with files, emoji and canned replies.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MessageField } from '../shared/composer';
import { MenuItem, Popover } from '../shared/menu';
import { expand, insertReply, matching, slashBefore, type Slash } from './canned';
import { secondsAgo } from './collision';
import { EmojiMenu } from './emoji';
import { Icon } from './icons';
import { t } from './i18n';
import type { CannedReply } from './model';
import { firstName, sizeOf } from './parts';
import type { ConsoleStore } from './store';
import { canRecord, Recorder } from './voice';
import { say } from './toasts';

export const focusComposer = signal(0); // raised by a key

export function Composer({ store }: { store: ConsoleStore }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const mode = store.mode.value;
  const draft = store.draft();
  const key = store.key();
  const uploads = store.uploads.of(key);
  const detail = store.room.detail.value;
  const [slash, setSlash] = useState<Slash | null>(null);
  const [at, setAt] = useState(0);
  const [over, setOver] = useState(false);
  const [recording, setRecording] = useState(false);
  const choices = slash ? matching(store.team.canned.value.filter((one) => !one.inbox_id || one.inbox_id === detail?.inbox_id), slash.asked) : [];

  useEffect(() => {
    if (matchMedia('(min-width: 768px)').matches || focusComposer.value > 0) field.current?.focus({ preventScroll: true });
  }, [store.room.id.value, mode, focusComposer.value]);
  useEffect(() => {
    setSlash(null);
    setRecording(false);
  }, [store.room.id.value]);

  const write = (text: string) => {
    store.typed(text);
    const cursor = field.current?.selectionStart ?? text.length;
    setSlash(mode === 'text' || mode === 'note' ? slashBefore(text, cursor) : null);
    setAt(0);
  };
  const put = (text: string, cursor: number) => {
    store.typed(text);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(cursor, cursor);
    });
  };
  const choose = (reply: CannedReply) => {
    const words = expand(reply.text, {
      'contact.name': detail?.contact.name, 'contact.email': detail?.contact.email, 'contact.phone': detail?.contact.phone,
      'agent.name': store.me.name, 'inbox.name': detail?.inbox.name,
    });
    const cursor = field.current?.selectionStart ?? draft.length;
    const made = slash ? insertReply(draft, slash, cursor, words) : { text: draft + words, cursor: draft.length + words.length };
    setSlash(null);
    put(made.text, made.cursor);
  };
  const insert = (text: string) => {
    const start = field.current?.selectionStart ?? draft.length;
    const end = field.current?.selectionEnd ?? start;
    put(draft.slice(0, start) + text + draft.slice(end), start + text.length);
  };
  const pressed = (event: KeyboardEvent) => {
    if (choices.length === 0 || event.isComposing) return;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setAt((at + step + choices.length) % choices.length);
    else if (event.key === 'Enter' || event.key === 'Tab') choose(choices[at] ?? choices[0]!);
    else if (event.key === 'Escape') setSlash(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const addFiles = (files: FileList | null | undefined) => {
    if (files && files.length > 0) store.uploads.add(key, files);
  };
  const paste = (event: ClipboardEvent) => {
    if ((event.clipboardData?.files.length ?? 0) === 0) return;
    event.preventDefault();
    addFiles(event.clipboardData?.files);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    addFiles(event.dataTransfer?.files);
  };
  const blocked = store.uploads.isBusy(key);
  const empty = draft.trim() === '' && !uploads.some((upload) => upload.attachment);
  const sendAnd = (status: 'closed' | 'pending') => {
    const roomId = store.room.id.value;
    if (roomId && store.send()) void store.setStatus(roomId, status);
  };
  const unassigned = detail?.assignees.length === 0;
  const hint = mode === 'note' ? 'noteHint' : unassigned ? 'replyTakes' : 'replyHint';

  return (
    <div class={`composer-frame${over ? ' over' : ''}`} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
      {store.live.state.value === 'offline' && <p class="strip" role="status"><Icon name="offline" size={16} />{t('offlineConsole')}</p>}
      {store.colliding.value && <Collision store={store} />}
      <form class={`composer ${mode}${store.colliding.value ? ' colliding' : ''}`} onSubmit={(event) => { event.preventDefault(); store.send(); }}>
        <div class="modes" role="group" aria-label={t('mode')}>
          <button type="button" aria-pressed={mode === 'text'} onClick={() => store.setMode('text')}>{t('reply')}</button>
          <button type="button" class="note-mode" aria-pressed={mode === 'note'} onClick={() => store.setMode('note')}>
            <Icon name="note" size={16} />{t('note')}
          </button>
          {mode === 'note' && <span class="note-says"><Icon name="lock" size={14} />{t('noteHint')}</span>}
        </div>
        {choices.length > 0 && <Choices choices={choices} at={at} onChoose={choose} />}
        <div onKeyDownCapture={pressed} onPaste={paste}>
          <MessageField fieldRef={field} value={draft} label={t(hint)} onInput={write} onSend={() => store.send()} onBlur={() => store.typingReport.ended()} />
        </div>
        {uploads.length > 0 && (
          <ul class="uploads">
            {uploads.map((upload) => (
              <li key={upload.key} class={upload.problem ? 'bad' : ''}>
                <span class="file-icon"><Icon name={/\.(png|jpe?g|gif|webp|heic)$/i.test(upload.name) ? 'picture' : 'file'} size={17} /></span>
                <span class="upload-words">
                  <span><bdi dir="ltr">{upload.name}</bdi><small>{upload.problem || upload.attachment ? sizeOf(upload.size) : `${Math.round(upload.progress * 100)}%`}</small></span>
                  {upload.problem ? (
                    <em role="alert">{upload.problem === 'large' ? t('fileLarge', { size: sizeOf(upload.size), limit: sizeOf(store.attachmentLimit.value) }) : t(upload.problem === 'empty' ? 'fileEmpty' : 'fileFailed')}</em>
                  ) : (
                    <progress max="1" value={upload.attachment ? 1 : upload.progress} aria-label={upload.name} />
                  )}
                </span>
                <button type="button" class="icon-button" aria-label={t('removeFile', { name: upload.name })} onClick={() => store.uploads.remove(key, upload.key)}><Icon name="close" size={15} /></button>
              </li>
            ))}
          </ul>
        )}
        {recording ? (
          <Recorder
            onDone={(file) => { setRecording(false); store.uploads.add(key, [file]); }}
            onCancel={(refused) => { setRecording(false); if (refused) say(t('noMicrophone'), { tone: 'bad' }); }}
          />
        ) : (
          <div class="composer-foot">
            <input ref={picker} type="file" multiple class="hidden" tabIndex={-1} aria-hidden="true" onChange={(event) => { addFiles(event.currentTarget.files); event.currentTarget.value = ''; }} />
            <button type="button" class="icon-button" aria-label={t('attach')} title={t('attach')} onClick={() => picker.current?.click()}><Icon name="clip" size={18} /></button>
            <EmojiMenu onChoose={insert} />
            <Popover label={t('cannedReplies')} side="above" panelClass="canned-panel" button={<Icon name="bolt" size={18} />}>
              {(close) => (
                <div class="menu-scroll">
                  {store.team.canned.value.length === 0 && <p class="menu-note">{t('noCanned')}</p>}
                  {store.team.canned.value.map((reply) => (
                    <button type="button" key={reply._id} class="menu-item canned-item" role="menuitem" tabIndex={-1} onClick={() => { close(); choose(reply); }}>
                      <bdi class="canned-code" dir="ltr">/{reply.short_code}</bdi><span class="menu-words" dir="auto">{reply.text}</span>
                    </button>
                  ))}
                </div>
              )}
            </Popover>
            {canRecord() && <button type="button" class="icon-button" aria-label={t('record')} title={t('record')} onClick={() => setRecording(true)}><Icon name="mic" size={18} /></button>}
            <span class="foot-space" />
            {mode === 'note' ? (
              <button type="submit" class="primary note-button" disabled={empty || blocked}>{t('addNote')}</button>
            ) : (
              <span class="send-split">
                <button type="submit" class="primary" disabled={empty || blocked}><Icon name="send" size={17} mirror />{t('send')}</button>
                <Popover label={t('sendMore')} side="above" align="end" buttonClass="primary send-more" disabled={empty || blocked} button={<Icon name="chevron" size={15} />}>
                  {(close) => (
                    <>
                      <MenuItem icon={<Icon name="check" size={17} />} onChoose={() => { close(); sendAnd('closed'); }}>{t('sendClose')}</MenuItem>
                      <MenuItem icon={<Icon name="clock" size={17} />} onChoose={() => { close(); sendAnd('pending'); }}>{t('sendPending')}</MenuItem>
                    </>
                  )}
                </Popover>
              </span>
            )}
          </div>
        )}
      </form>
    </div>
  );
}

function Choices({ choices, at, onChoose }: { choices: readonly CannedReply[]; at: number; onChoose: (reply: CannedReply) => void }) {
  return (
    <ul class="choices" role="listbox" aria-label={t('cannedReplies')}>
      {choices.map((reply, index) => (
        <li key={reply._id} role="option" aria-selected={index === at} onPointerDown={(event) => { event.preventDefault(); onChoose(reply); }}>
          <bdi class="canned-code" dir="ltr">/{reply.short_code}</bdi><span class="menu-words" dir="auto">{reply.text}</span>
        </li>
      ))}
    </ul>
  );
}

function Collision({ store }: { store: ConsoleStore }) {
  const answer = store.room.colleague.value;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!answer) return null;
  const review = () => {
    store.colliding.value = false;
    store.room.colleague.value = null;
    const log = document.querySelector('.log');
    if (log) log.scrollTop = log.scrollHeight;
  };
  return (
    <div class="collision" role="alert">
      <Icon name="warning" size={16} />
      <span>{t('collision', { name: firstName(answer.name) || t('colleague'), n: secondsAgo(answer, Date.now()) })}</span>
      <button type="button" class="collision-review" onClick={review}>{t('review')}</button>
      <button type="button" class="button small" onClick={() => store.send(true)}>{t('sendAnyway')}</button>
    </div>
  );
}
