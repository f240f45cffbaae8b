// What the bot understands and says, and a box to try it in that shows why.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Field, Segments, Switch } from '../shared/controls';
import { BotTrial } from './bot_trial';
import {
  addPhrase, addStep, changeIntent, countChanges, removePhrase, removeStep, setStep, spell, type Intent, type Intents, type Lang,
} from './bot_model';
import { Icon } from './icons';
import { count, plural, t } from './i18n';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';
import { say } from './toasts';
import { ApiError } from '../shared/api';

interface Report { intents: { intent: string | null; answered: number; escalated: number; resolved: { confirmed: number; assumed: number } }[] }

const shownPhrases = 12;

// Of those that ended, in per cent.
function solvedOf(report: Report | null, id: string): number | null {
  const parts = report?.intents.filter((part) => part.intent === id) ?? [];
  const solved = parts.reduce((sum, part) => sum + part.resolved.confirmed + part.resolved.assumed, 0);
  const ended = solved + parts.reduce((sum, part) => sum + part.escalated, 0);
  return ended === 0 ? null : Math.round((solved / ended) * 100);
}

export function IntentsPage({ store, chosen }: PageProps) {
  const [running, setRunning] = useState<Intents | null>(null);
  const [draft, setDraft] = useState<Intents | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  useEffect(() => {
    store.api.get<Intents>('/api/support/bot/intents').then((read) => { setRunning(read); setDraft(read); }, (error: unknown) => store.failed(error));
    store.api.get<Report>('/api/support/bot/stats').then(setReport, () => undefined);
  }, []);
  const changes = useMemo(() => (running && draft ? countChanges(running, draft) : 0), [running, draft]);
  if (!draft || !running) return <PageHead title={t('intents')} sub={t('intentsMore')} />;
  const intent = draft.intents.find((one) => one.id === chosen) ?? draft.intents[0];
  const run = async () => {
    setBusy(true);
    setRefused('');
    try {
      await store.api.send('PUT', '/api/support/bot/intents', draft);
      setRunning(draft);
      say(t('intentsRunning'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 400) setRefused(error.message);
      else store.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const phrases = (one: Intent, lang: Lang) => one.phrases[lang]?.length ?? 0;
  return (
    <div class={`bot-page${chosen ? ' has-intent' : ''}`}>
      <div class="intent-list">
        <div class="intent-list-head"><a class="icon-button settings-back" href="#settings" aria-label={t('back')}><Icon name="back" size={20} mirror /></a><h1>{t('intents')}</h1></div>
        <ul>
          {draft.intents.map((one) => {
            const solved = solvedOf(report, one.id);
            return (
              <li key={one.id}>
                <a href={`#settings/intents/${one.id}`} aria-current={one === intent ? 'true' : undefined}>
                  <span class="intent-line"><strong>{spell(one.id)}</strong>{one.escalate ? <span class="chip warn">{t('toPerson')}</span> : <span>{solved === null ? '' : t('percentSolved', { n: solved })}</span>}</span>
                  <small>{t('phraseCounts', { en: count(phrases(one, 'en')), ar: count(phrases(one, 'ar')) })}</small>
                </a>
              </li>
            );
          })}
        </ul>
        <p class="intent-foot"><Icon name="check" size={14} />{t('runningPhrases', { n: count(running.intents.reduce((sum, one) => sum + phrases(one, 'en') + phrases(one, 'ar') + phrases(one, 'arabizi'), 0)) })}</p>
      </div>
      {intent && (
        <section class="intent-editor" aria-label={spell(intent.id)} tabIndex={0}>
          <PageHead title={spell(intent.id)} back="#settings/intents" sub={<><bdi dir="ltr">{intent.id}</bdi>{changes > 0 && <span class="changes"> · {plural('changesWaiting', changes)}</span>}</>}>
            {store.isAdmin && changes > 0 && <button type="button" class="button quiet" disabled={busy} onClick={() => { setDraft(running); setRefused(''); }}>{t('discard')}</button>}
            {store.isAdmin && <button type="button" class="primary" disabled={changes === 0 || busy} onClick={() => void run()}>{t(busy ? 'training' : 'checkAndRun')}</button>}
          </PageHead>
          {refused && <p class="refused" role="alert"><Icon name="warning" size={16} /><bdi dir="auto">{refused}</bdi></p>}
          <Editor key={intent.id} intent={intent} document={draft} mayChange={store.isAdmin} onChange={setDraft} />
        </section>
      )}
      <BotTrial store={store} thresholds={draft.thresholds} />
    </div>
  );
}

function Editor({ intent, document, mayChange, onChange }: { intent: Intent; document: Intents; mayChange: boolean; onChange: (next: Intents) => void }) {
  const [lang, setLang] = useState<Lang>('en');
  const [phrase, setPhrase] = useState('');
  const [problem, setProblem] = useState('');
  const [all, setAll] = useState(false);
  const list = intent.phrases[lang] ?? [];
  const shown = all ? list : list.slice(0, shownPhrases);
  const add = (event: Event) => {
    event.preventDefault();
    const next = addPhrase(document, intent.id, lang, phrase);
    if (!next) return setProblem(phrase.trim() ? t('phraseThere') : '');
    setPhrase('');
    setProblem('');
    onChange(next);
  };
  const languages = (['en', 'ar', 'arabizi'] as const).map((value) => ({
    value, label: <>{value === 'en' ? 'English' : value === 'ar' ? 'العربية' : 'Arabizi'} <small>{count(intent.phrases[value]?.length ?? 0)}</small></>,
  }));
  return (
    <div class="editor-body">
      <div class="editor-head"><h2>{t('phrases')}</h2><Segments label={t('language')} value={lang} options={languages} onChange={(next) => { setLang(next); setAll(false); }} /></div>
      <div class="phrase-box">
        <ul class="phrases">
          {shown.map((one) => (
            <li key={one} class="chip tag"><bdi dir="auto">{one}</bdi>{mayChange && <button type="button" aria-label={t('removeTag', { name: one })} onClick={() => onChange(removePhrase(document, intent.id, lang, one))}><Icon name="close" size={11} /></button>}</li>
          ))}
          {!all && list.length > shownPhrases && <li><button type="button" class="text-button" onClick={() => setAll(true)}>{t('moreCount', { n: count(list.length - shownPhrases) })}</button></li>}
        </ul>
        {mayChange && (
          <form onSubmit={add}>
            <input class="input" dir={phrase === '' ? undefined : 'auto'} value={phrase} maxLength={500} aria-label={t('addPhrase')} aria-invalid={problem !== ''} placeholder={t('addPhrase')} onInput={(event) => setPhrase(event.currentTarget.value)} />
            {problem && <p class="field-problem" role="alert">{problem}</p>}
          </form>
        )}
      </div>
      <div class="editor-head"><h2>{t('stepsTitle')}</h2><span>{t('thenPerson')}</span></div>
      <ol class="bot-steps">
        {(intent.steps ?? []).map((step, at) => (
          <li key={step.id} class="card">
            <span class="bot-step-number">{at + 1}</span>
            <div>
              <p class="bot-step-id" dir="ltr">{step.id}</p>
              {(['en', 'ar'] as const).map((language) => (
                <textarea
                  key={language} class="area plain-area" dir={language === 'ar' ? 'rtl' : 'ltr'} lang={language} rows={3} maxLength={4000} disabled={!mayChange}
                  value={step.text[language]} aria-label={`${step.id}, ${language === 'ar' ? 'العربية' : 'English'}`}
                  onInput={(event) => onChange(setStep(document, intent.id, at, language, event.currentTarget.value))}
                />
              ))}
            </div>
            {mayChange && <button type="button" class="icon-button" aria-label={t('removeStep', { n: at + 1 })} title={t('remove')} onClick={() => onChange(removeStep(document, intent.id, at))}><Icon name="trash" size={16} /></button>}
          </li>
        ))}
      </ol>
      {mayChange && <button type="button" class="button add-step" onClick={() => onChange(addStep(document, intent.id))}><Icon name="plus" size={15} />{t('addStep')}</button>}
      <div class="editor-foot">
        <Switch on={intent.escalate} disabled={!mayChange} label={t('straight')} hint={t('straightMore')} onChange={(escalate) => onChange(changeIntent(document, intent.id, (one) => ({ ...one, escalate })))} />
        <Field label={t('attempts')}>
          {(ids) => <input class="input" {...ids} type="number" min="1" max="10" dir="ltr" disabled={!mayChange} value={intent.max_attempts} onInput={(event) => { const n = Number(event.currentTarget.value); if (n >= 1) onChange(changeIntent(document, intent.id, (one) => ({ ...one, max_attempts: n }))); }} />}
        </Field>
      </div>
    </div>
  );
}
