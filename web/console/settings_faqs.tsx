// Questions and answers that students find, and that the bot answers with.
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { Empty, Field, Segments, Switch } from '../shared/controls';
import { Icon } from './icons';
import { t } from './i18n';
import { directionOf } from './row';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';
import { say } from './toasts';
import type { ConsoleStore } from './store';

interface Faq { id: number; question: string; answer: string; language: 'en' | 'ar'; priority: number; keywords: string[]; is_published: boolean }
type Lang = 'en' | 'ar' | 'all';

export function FaqsPage({ store }: PageProps) {
  const [faqs, setFaqs] = useState<Faq[] | null>(null);
  const [lang, setLang] = useState<Lang>('all');
  const [asked, setAsked] = useState('');
  const [edited, setEdited] = useState<Faq | 'new' | null>(null);
  const load = async () => setFaqs((await store.api.get<{ faqs: Faq[] }>('/api/support/faq/admin')).faqs);
  useEffect(() => { void load().catch((error: unknown) => store.failed(error)); }, []);
  const wanted = asked.trim().toLocaleLowerCase();
  const shown = faqs?.filter((faq) => (lang === 'all' || faq.language === lang) &&
    `${faq.question} ${faq.answer} ${faq.keywords.join(' ')}`.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <PageHead title={t('faqs')} sub={t('faqsMore')}>
        {store.isAdmin && <button type="button" class="primary" onClick={() => setEdited('new')}><Icon name="plus" size={16} />{t('newFaq')}</button>}
      </PageHead>
      <div class="faq-tools">
        <input class="input" type="search" dir={asked === '' ? undefined : 'auto'} value={asked} placeholder={t('findFaq')} aria-label={t('findFaq')} onInput={(event) => setAsked(event.currentTarget.value)} />
        <Segments label={t('language')} value={lang} onChange={setLang} options={[{ value: 'all', label: t('viewAll') }, { value: 'en', label: 'English' }, { value: 'ar', label: 'العربية' }]} />
      </div>
      {shown?.length === 0 && <Empty picture={wanted ? 'search' : 'sun'} title={wanted ? t('noResult', { name: asked.trim() }) : t('noFaqs')} />}
      <ul class="settings-list">
        {shown?.map((faq) => (
          <li key={faq.id}>
            <button type="button" disabled={!store.isAdmin} onClick={() => setEdited(faq)}>
              <span class="item-words aligned"><strong dir={directionOf(faq.question)}>{faq.question}</strong><small class="one-line" dir={directionOf(faq.answer)}>{faq.answer}</small></span>
              {!faq.is_published && <span class="chip">{t('unpublished')}</span>}
              <span class="item-figure">{faq.language === 'ar' ? 'العربية' : 'English'}</span>
            </button>
          </li>
        ))}
      </ul>
      {edited && <FaqDialog store={store} faq={edited === 'new' ? null : edited} onClose={() => { setEdited(null); void load().catch(() => undefined); }} />}
    </>
  );
}

function FaqDialog({ store, faq, onClose }: { store: ConsoleStore; faq: Faq | null; onClose: () => void }) {
  const [draft, setDraft] = useState({
    question: faq?.question ?? '', answer: faq?.answer ?? '', language: faq?.language ?? 'en' as 'en' | 'ar', priority: String(faq?.priority ?? 0),
    keywords: faq?.keywords.join(', ') ?? '', is_published: faq?.is_published ?? true,
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const good = draft.question.trim() !== '' && draft.answer.trim() !== '' && Number.isInteger(Number(draft.priority));
  const run = async (call: () => Promise<unknown>) => {
    if (!(await store.change(call))) return;
    say(t('saved'));
    onClose();
  };
  const save = (event: Event) => {
    event.preventDefault();
    if (!good) return;
    const body = { ...draft, priority: Number(draft.priority), keywords: draft.keywords.split(/[,،]/).map((word) => word.trim()).filter(Boolean) };
    void run(() => (faq ? store.api.send('PUT', `/api/support/faq/${faq.id}`, body) : store.api.send('POST', '/api/support/faq', body)));
  };
  return (
    <Dialog title={t('faq')} wide onClose={onClose}>
      <h2>{t(faq ? 'faq' : 'newFaq')}</h2>
      <form class="dialog-form" onSubmit={save}>
        <Field label={t('question')}>{(ids) => <input class="input" {...ids} dir="auto" required maxLength={500} value={draft.question} onInput={(event) => set({ question: event.currentTarget.value })} />}</Field>
        <Field label={t('answer')}>{(ids) => <textarea class="area" {...ids} dir="auto" rows={5} required maxLength={5000} value={draft.answer} onInput={(event) => set({ answer: event.currentTarget.value })} />}</Field>
        <div class="two">
          <Field label={t('language')}>
            {(ids) => <select class="select" {...ids} value={draft.language} onChange={(event) => set({ language: event.currentTarget.value as 'en' | 'ar' })}><option value="en">English</option><option value="ar">العربية</option></select>}
          </Field>
          <Field label={t('faqPriority')} hint={t('faqPriorityHint')}>{(ids) => <input class="input" {...ids} type="number" dir="ltr" value={draft.priority} onInput={(event) => set({ priority: event.currentTarget.value })} />}</Field>
        </div>
        <Field label={t('keywords')} hint={t('keywordsHint')}>{(ids) => <input class="input" {...ids} dir="auto" value={draft.keywords} onInput={(event) => set({ keywords: event.currentTarget.value })} />}</Field>
        <Switch on={draft.is_published} label={t('published')} hint={t('publishedMore')} onChange={(is_published) => set({ is_published })} />
        <div class="dialog-foot">
          {faq && <button type="button" class="button quiet start" onClick={() => void run(() => store.api.send('DELETE', `/api/support/faq/${faq.id}`))}><Icon name="trash" size={16} />{t('delete')}</button>}
          <button type="button" class="button" onClick={onClose}>{t('cancel')}</button>
          <button type="submit" class="primary" disabled={!good}>{t('save')}</button>
        </div>
      </form>
    </Dialog>
  );
}
