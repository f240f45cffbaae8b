// Who did what: newest first, more on asking.
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../shared/controls';
import { Icon } from './icons';
import { t } from './i18n';
import { moment } from './contact';
import type { AuditEntry } from './model';
import { Face } from './parts';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';

type Answer = { data: { entries: AuditEntry[]; cursor: string | null } };

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
              <p><strong><bdi>{entry.actor.name || t('atShell')}</bdi></strong> <span class="audit-action" dir="ltr">{entry.action}</span> <bdi>{entry.subject.name}</bdi></p>
              {entry.changes.length > 0 && (
                <ul>{entry.changes.map((change, at) => <li key={at}><span>{change.field}</span>: <bdi>{change.from || '–'}</bdi> → <bdi>{change.to || '–'}</bdi></li>)}</ul>
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
