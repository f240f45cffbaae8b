// What the list is narrowed to: status, inbox, priority, tag.
import { Field, Segments } from '../shared/controls';
import { t } from './i18n';
import { noFilters, type Filters } from './list_model';
import type { ConsoleStore } from './store';

export function FilterPanel({ store, onClose }: { store: ConsoleStore; onClose: () => void }) {
  const { list, team } = store;
  const filters = list.question.value.filters;
  const set = (change: Partial<Filters>) => list.setFilters({ ...filters, ...change });
  return (
    <div class="filters">
      <div class="field">
        <span class="field-label">{t('status')}</span>
        <Segments
          label={t('status')} value={filters.status} onChange={(status) => set({ status })}
          options={[
            { value: 'open', label: t('statusOpen') }, { value: 'pending', label: t('statusPending') },
            { value: 'closed', label: t('statusClosed') }, { value: '', label: t('any') },
          ]}
        />
      </div>
      <Field label={t('inbox')}>
        {(ids) => (
          <select class="select" {...ids} value={filters.inbox} onChange={(event) => set({ inbox: event.currentTarget.value })}>
            <option value="">{t('allInboxes')}</option>
            {team.inboxes.value.map((inbox) => <option key={inbox._id} value={inbox._id}>{inbox.name}</option>)}
          </select>
        )}
      </Field>
      <Field label={t('priority')}>
        {(ids) => (
          <select class="select" {...ids} value={filters.priority} onChange={(event) => set({ priority: event.currentTarget.value as Filters['priority'] })}>
            <option value="">{t('any')}</option>
            {(['urgent', 'high', 'medium', 'low'] as const).map((one) => <option key={one} value={one}>{t(one)}</option>)}
          </select>
        )}
      </Field>
      <Field label={t('tag')}>
        {(ids) => (
          <input
            class="input" {...ids} dir="auto" value={filters.tag} maxLength={50} placeholder={t('anyTag')}
            onChange={(event) => set({ tag: event.currentTarget.value })}
            onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); set({ tag: event.currentTarget.value }); onClose(); } }}
          />
        )}
      </Field>
      <div class="filters-foot">
        <button type="button" class="button quiet" onClick={() => list.setFilters(noFilters)}>{t('reset')}</button>
        <button type="button" class="button" onClick={onClose}>{t('done')}</button>
      </div>
    </div>
  );
}
