// Canned replies: what is typed after the slash, and what it becomes.
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { Empty, Field } from '../shared/controls';
import { expand } from './canned';
import { Icon } from './icons';
import { t } from './i18n';
import type { CannedReply } from './model';
import { directionOf } from './row';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';
import { say } from './toasts';
import type { ConsoleStore } from './store';

export function CannedPage({ store }: PageProps) {
  const [edited, setEdited] = useState<CannedReply | 'new' | null>(null);
  useEffect(() => {
    void store.team.loadCanned().catch((error: unknown) => store.failed(error));
  }, []);
  const replies = [...store.team.canned.value].sort((a, b) => a.short_code.localeCompare(b.short_code));
  return (
    <>
      <PageHead title={t('cannedReplies')} sub={t('cannedMore')}>
        {store.isAdmin && <button type="button" class="primary" onClick={() => setEdited('new')}><Icon name="plus" size={16} />{t('newReply')}</button>}
      </PageHead>
      {replies.length === 0 && <Empty title={t('noCanned')}><p>{t('noCannedMore')}</p></Empty>}
      <ul class="settings-list">
        {replies.map((reply) => (
          <li key={reply._id}>
            <button type="button" disabled={!store.isAdmin} onClick={() => setEdited(reply)}>
              <bdi class="canned-code" dir="ltr">/{reply.short_code}</bdi>
              <span class="item-words aligned"><span class="one-line" dir={directionOf(reply.text)}>{reply.text}</span></span>
              <span class="item-figure">{reply.inbox_id ? <bdi>{store.team.inbox(reply.inbox_id)?.name}</bdi> : t('allInboxes')}</span>
            </button>
          </li>
        ))}
      </ul>
      {edited && <ReplyDialog store={store} reply={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function ReplyDialog({ store, reply, onClose }: { store: ConsoleStore; reply: CannedReply | null; onClose: () => void }) {
  const [code, setCode] = useState(reply?.short_code ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [inbox, setInbox] = useState(reply?.inbox_id ?? '');
  const good = code.trim() !== '' && text.trim() !== '' && !/\s/.test(code.trim());
  const run = async (call: () => Promise<unknown>) => {
    const done = await store.change(async () => {
      await call();
      await store.team.loadCanned();
    });
    if (!done) return;
    say(t('saved'));
    onClose();
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (!good) return;
    const fields = { short_code: code.trim(), text, inbox_id: inbox || null };
    void run(() => (reply ? store.api.send('PATCH', `/canned/${reply._id}`, fields) : store.api.send('POST', '/canned', fields)));
  };
  const shown = expand(text, { 'contact.name': t('exampleName'), 'agent.name': store.me.name, 'inbox.name': store.team.inboxes.value[0]?.name, 'contact.email': 'maya@example.com' });
  return (
    <Dialog title={t('cannedReplies')} wide onClose={onClose}>
      <h2>{reply ? <bdi dir="ltr">/{reply.short_code}</bdi> : t('newReply')}</h2>
      <form class="dialog-form" onSubmit={save}>
        <div class="two">
          <Field label={t('shortCode')} hint={t('shortCodeHint')} problem={/\s/.test(code.trim()) ? t('noSpaces') : undefined}>{(ids) => <input class="input" {...ids} dir="ltr" required maxLength={40} value={code} onInput={(event) => setCode(event.currentTarget.value)} />}</Field>
          <Field label={t('inbox')}>
            {(ids) => <select class="select" {...ids} value={inbox} onChange={(event) => setInbox(event.currentTarget.value)}><option value="">{t('allInboxes')}</option>{store.team.inboxes.value.map((one) => <option key={one._id} value={one._id}>{one.name}</option>)}</select>}
          </Field>
        </div>
        <Field label={t('text')} hint={t('placeholders')}>{(ids) => <textarea class="area" {...ids} dir="auto" rows={5} required maxLength={10_000} value={text} onInput={(event) => setText(event.currentTarget.value)} />}</Field>
        {text.includes('{{') && <div class="preview-line"><span>{t('preview')}</span><p dir="auto">{shown}</p></div>}
        <div class="dialog-foot">
          {reply && <button type="button" class="button quiet start" onClick={() => void run(() => store.api.send('DELETE', `/canned/${reply._id}`))}><Icon name="trash" size={16} />{t('delete')}</button>}
          <button type="button" class="button" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" class="primary" disabled={!good}>{t('save')}</button>
        </div>
      </form>
    </Dialog>
  );
}
