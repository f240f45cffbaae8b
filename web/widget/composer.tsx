// Where the message is written: files, text, emoji, voice. Enter sends.
import { useEffect, useRef, useState } from 'preact/hooks';
import { MessageField } from '../shared/composer';
import { Icon } from './icons';
import { t } from './i18n';
import { lazy } from '../shared/lazy';
import type { ChatStore } from './store';

const EmojiGrid = lazy(async () => (await import('./emoji')).EmojiGrid);
const Recorder = lazy(async () => (await import('./recorder')).Recorder);

const canRecord = 'MediaRecorder' in window && navigator.mediaDevices !== undefined;

export function Composer({ store, onSend }: { store: ChatStore; onSend: () => void }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [tool, setTool] = useState<'' | 'emoji' | 'voice'>('');
  const hasText = store.draft.value.trim() !== '';
  const blocked = store.blocked.value;
  const last = store.timeline.value.messages[store.timeline.value.messages.length - 1];

  useEffect(() => {
    // On a small screen the keyboard would cover the greeting.
    if (matchMedia('(min-width: 640px)').matches) field.current?.focus({ preventScroll: true });
  }, []);

  const send = () => {
    onSend();
    field.current?.focus();
  };
  const pasted = (event: ClipboardEvent) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    store.sendFiles(event.clipboardData.files);
  };
  const insert = (text: string) => {
    const at = field.current?.selectionStart ?? store.draft.value.length;
    store.typed(store.draft.value.slice(0, at) + text + store.draft.value.slice(field.current?.selectionEnd ?? at));
    requestAnimationFrame(() => field.current?.setSelectionRange(at + text.length, at + text.length));
  };
  const leaveTool = () => {
    setTool('');
    requestAnimationFrame(() => field.current?.focus());
  };

  if (tool === 'voice') return <Recorder store={store} onDone={leaveTool} />;
  return (
    <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }} onPaste={pasted}>
      <input
        type="file" ref={picker} multiple hidden tabIndex={-1}
        onChange={(event) => { store.sendFiles(event.currentTarget.files ?? []); event.currentTarget.value = ''; }}
      />
      <button type="button" class="tool" aria-label={t('attach')} disabled={blocked} onClick={() => picker.current?.click()}><Icon name="clip" size={20} /></button>
      <MessageField
        fieldRef={field} value={store.draft.value} label={t(last?.quickReplies?.length ? 'writeOwnWords' : 'writeMessage')}
        onSend={send} onInput={(text) => store.typed(text)} onBlur={() => store.typingReport.ended()}
      />
      <button type="button" class="tool" aria-label={t('emoji')} aria-expanded={tool === 'emoji'} onClick={() => setTool(tool ? '' : 'emoji')}>
        <Icon name="smile" size={20} />
      </button>
      {hasText || blocked || !canRecord ? (
        <button type="submit" class="send" aria-label={t('send')} disabled={!hasText || blocked}><Icon name="send" size={20} mirror /></button>
      ) : (
        <button type="button" class="tool" aria-label={t('record')} onClick={() => setTool('voice')}><Icon name="mic" size={20} /></button>
      )}
      {tool === 'emoji' && <EmojiGrid onPick={insert} onClose={leaveTool} />}
    </form>
  );
}
