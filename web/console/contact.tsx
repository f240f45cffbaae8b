// Who the conversation is with. Shown beside it where there is room.
import { dayName } from '../shared/format';
import { language, t } from '../shared/i18n';
import { Avatar } from '../shared/parts';
import { contactName, statusKey } from './conversation';
import type { ConsoleStore } from './store';

export function ContactPanel({ store }: { store: ConsoleStore }) {
  const detail = store.detail.value;
  if (!detail) return <aside class="contact" />;
  const { contact } = detail;
  const started = dayName(Date.parse(detail.created_at), language.value, Date.now(), t('today'), t('yesterday'));
  return (
    <aside class="contact" aria-label={t('details')}>
      <div class="contact-head">
        <Avatar name={contact.name || contact.email || ''} id={detail._id} large />
        <div>
          <h2><bdi>{contactName(detail)}</bdi></h2>
          {contact.email && <p><bdi dir="ltr">{contact.email}</bdi></p>}
        </div>
      </div>
      <section>
        <h3>{t('details')}</h3>
        <dl>
          <dt>{t('status')}</dt><dd>{t(statusKey[detail.status])}</dd>
          <dt>{t('priority')}</dt><dd>{t(detail.priority)}</dd>
          <dt>{t('assignees')}</dt>
          <dd><bdi>{detail.assignees.map((assignee) => assignee.user.name).join(', ') || t('unassigned')}</bdi></dd>
          <dt>{t('started')}</dt><dd>{started}</dd>
          {contact.phone && <><dt>{t('phone')}</dt><dd><bdi dir="ltr">{contact.phone}</bdi></dd></>}
        </dl>
      </section>
      {detail.tags.length > 0 && (
        <section>
          <h3>{t('tags')}</h3>
          <p class="tags">{detail.tags.map((tag) => <bdi class="tag" key={tag}>{tag}</bdi>)}</p>
        </section>
      )}
      {detail.notes && (
        <section>
          <h3>{t('notes')}</h3>
          <p dir="auto" class="contact-notes">{detail.notes}</p>
        </section>
      )}
    </aside>
  );
}
