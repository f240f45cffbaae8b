// Tries a sentence on the bot that runs: what it would say, and why. Nothing is sent.
import { useEffect, useRef, useState } from 'preact/hooks';
import { untilChoices } from '../shared/choices';
import { BotMark, Icon } from './icons';
import { t } from './i18n';
import { spell } from './bot_model';
import type { ConsoleStore } from './store';

interface Trial {
  language: string | null;
  control: string;
  intent: string | null;
  intents: { intent: string; confidence: number }[];
  faq: string | null;
  status: string;
  reply: { kind: string; text: string; language: string; quick_replies: { id: string; text: string }[] } | null;
  escalation_reason: string | null;
}

const waitMs = 250;

export function BotTrial({ store, thresholds }: { store: ConsoleStore; thresholds: { high: number; low: number } }) {
  const [text, setText] = useState('');
  const [trial, setTrial] = useState<Trial | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const number = (asked.current += 1);
    if (text.trim() === '') return setTrial(null);
    const timer = setTimeout(() => {
      store.api.send<Trial>('POST', '/api/support/bot/test', { text }).then((answer) => {
        if (number === asked.current) setTrial(answer);
      }, (error: unknown) => store.failed(error));
    }, waitMs);
    return () => clearTimeout(timer);
  }, [text]);
  const kind = trial?.intent ? t('guides', { name: spell(trial.intent) }) : trial?.faq ? t('answersFaq') : trial?.escalation_reason ? t('handsOver') : t('asks');
  return (
    <aside class="bot-trial" aria-label={t('tryIt')} tabIndex={0}>
      <h2>{t('tryIt')}</h2>
      <textarea class="area" rows={2} dir={text === '' ? undefined : 'auto'} maxLength={2000} value={text} aria-label={t('tryText')} placeholder={t('tryText')} onInput={(event) => setText(event.currentTarget.value)} />
      <p class="field-hint">{t('nothingSent')}</p>
      {trial && (
        <div aria-live="polite">
          <div class="card trial-answer">
            <p class="trial-kind"><span class="chip bot"><BotMark size={13} />{kind}</span>{trial.escalation_reason && <span class="chip warn">{t('toPerson')}</span>}</p>
            {trial.reply ? (
              <>
                <p class="trial-reply" dir="auto">{untilChoices(trial.reply.text, trial.reply.quick_replies)}</p>
                {trial.reply.quick_replies.length > 0 && <p class="trial-quick">{trial.reply.quick_replies.map((one) => <span key={one.id} dir="auto">{one.text}</span>)}</p>}
              </>
            ) : <p class="trial-none">{t('saysNothing')}</p>}
          </div>
          <h3>{t('why')}</h3>
          <ul class="scores">
            {trial.intents.slice(0, 4).map((one, at) => (
              <li key={one.intent} class={at === 0 ? 'first' : ''}>
                <span>{spell(one.intent)}</span>
                <span class="score-bar" dir="ltr"><b style={{ inlineSize: `${Math.round(one.confidence * 100)}%` }} /><i style={{ left: `${thresholds.low * 100}%` }} /><i class="high" style={{ left: `${thresholds.high * 100}%` }} /></span>
                <strong>{one.confidence.toFixed(2)}</strong>
              </li>
            ))}
          </ul>
          <p class="score-key" dir="ltr">{t('askFrom')} {thresholds.low.toFixed(2)} · {t('guideFrom')} {thresholds.high.toFixed(2)}</p>
          <dl>
            <dt>{t('control')}</dt><dd>{trial.control && trial.control !== 'none' && trial.control !== 'NONE' ? spell(trial.control) : t('none')}</dd>
            <dt>{t('language')}</dt><dd>{trial.language === 'ar' ? 'العربية' : trial.language === 'en' ? 'English' : trial.language ?? '–'}</dd>
            {trial.faq && <><dt>{t('faq')}</dt><dd dir="auto">{trial.faq}</dd></>}
            <dt>{t('status')}</dt><dd>{spell(trial.status)}</dd>
            {trial.escalation_reason && <><dt>{t('reason')}</dt><dd>{spell(trial.escalation_reason)}</dd></>}
          </dl>
        </div>
      )}
      {!trial && <p class="trial-empty"><Icon name="bot" size={18} />{t('tryMore')}</p>}
    </aside>
  );
}
