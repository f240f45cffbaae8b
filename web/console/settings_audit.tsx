// Who did what: newest first, more on asking.
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../shared/controls';
import { Icon } from './icons';
import { actWords, fieldWords, valueWords } from './audit_words';
import { language, t } from './i18n';
import { moment } from './contact';
import type { AuditEntry } from './model';
import { Face } from './parts';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';

type Answer = { data: { entries: AuditEntry[]; cursor: string | null } };

// By the command line, whose acts nobody is signed in for.
const atServer = ({ actor }: AuditEntry) => !actor.name || (!actor.conversation_id && actor.name === 'server operator');

function Act({ action }: { action: string }) {
  const words = actWords(action, language.value);
  return words ? <span class="audit-action words">{words}</span> : <span class="audit-action" dir="ltr">{action}</span>;
}

function Change({ of }: { of: AuditEntry['changes'][number] }) {
  const words = fieldWords(of.field, language.value);
  const value = (text: string) => <bdi>{text === '' ? '–' : valueWords(of.field, text, language.value)}</bdi>;
  return <>{words ?? <bdi dir="ltr">{of.field}</bdi>}: {value(of.from)} <span class="arrow" aria-label={t('became')} role="img">→</span> {value(of.to)}</>;
}

export function AuditPage({ store }: PageProps) {
  const [entries, setEntries] = useState<AuditEntry[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const more = async (from?: string) => {
    try {
      const { data } = await store.api.get<Answer>('/audit', { limit: 50, cursor: from });
      setEntries((known) => [...(from ? known ?? [] : []), ...data.entries]);
      setCursor(data.cursor);
    } catch (error) {
      store.failed(error);
    }
  };
  useEffect(() => { void more(); }, []);
  return (
    <>
      <PageHead title={t('audit')} sub={t('auditMore')} />
      {entries?.length === 0 && <Empty title={t('noAudit')} />}
      <ol class="audit">
        {entries?.map((entry) => (
          <li key={entry.number}>
            {entry.actor.conversation_id ? <Face name={entry.actor.name} id={entry.actor.conversation_id} size={28} /> : <span class="item-icon"><Icon name="code" size={16} /></span>}
            <div>
              <p><strong><bdi>{atServer(entry) ? t('atShell') : entry.actor.name}</bdi></strong> <Act action={entry.action} /> <bdi>{entry.subject.name}</bdi></p>
              {entry.changes.length > 0 && (
                <ul>{entry.changes.map((change, at) => <li key={at}><Change of={change} /></li>)}</ul>
              )}
            </div>
            <time dateTime={entry.at}>{moment(entry.at)}</time>
          </li>
        ))}
      </ol>
      {cursor && <button type="button" class="button more-audit" onClick={() => void more(cursor)}>{t('showMore')}</button>}
    </>
  );
}
