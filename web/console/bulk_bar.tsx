// What can be done to all the rooms that are chosen: at most 100.
import { useState } from 'preact/hooks';
import { MenuItem, Popover } from '../shared/menu';
import { Icon } from './icons';
import { plural, t } from './i18n';
import { Face } from './parts';
import type { ConsoleStore } from './store';

export function BulkBar({ store }: { store: ConsoleStore }) {
  const { list, team } = store;
  const size = list.selected.value.size;
  const [tag, setTag] = useState('');
  return (
    <div class="bulk" role="toolbar" aria-label={t('selected')}>
      <span class="bulk-count">{plural('selectedCount', size)}</span>
      <Popover label={t('assign')} button={<Icon name="assign" size={18} />}>
        {(close) => (
          <div class="menu-scroll">
            <MenuItem icon={<Icon name="user" size={17} />} onChoose={() => { close(); void store.bulk({ assignee: store.me.conversation_id }); }}>{t('assignMe')}</MenuItem>
            <MenuItem icon={<Icon name="close" size={17} />} onChoose={() => { close(); void store.bulk({ assignee: [] }); }}>{t('unassign')}</MenuItem>
            <hr />
            {team.agents.value.filter((agent) => !agent.deactivated && agent.conversation_id !== store.me.conversation_id).map((agent) => (
              <MenuItem key={agent._id} icon={<Face name={agent.name} id={agent._id} size={20} />} onChoose={() => { close(); void store.bulk({ assignee: agent.conversation_id }); }}>
                <bdi>{agent.name}</bdi>
              </MenuItem>
            ))}
          </div>
        )}
      </Popover>
      <Popover label={t('priority')} button={<Icon name="flag" size={18} />}>
        {(close) => (['urgent', 'high', 'medium', 'low'] as const).map((one) => (
          <MenuItem key={one} onChoose={() => { close(); void store.bulk({ priority: one }); }}>{t(one)}</MenuItem>
        ))}
      </Popover>
      <Popover label={t('tags')} button={<Icon name="tag" size={18} />} role="dialog" align="end">
        {(close) => (
          <form class="tag-form" onSubmit={(event) => { event.preventDefault(); if (tag.trim()) { close(); void store.bulk({ tags: [tag.trim()] }); setTag(''); } }}>
            <input class="input" dir="auto" value={tag} maxLength={50} placeholder={t('replaceTags')} aria-label={t('replaceTags')} onInput={(event) => setTag(event.currentTarget.value)} />
            <button type="submit" class="primary">{t('set')}</button>
          </form>
        )}
      </Popover>
      <button type="button" class="icon-button" aria-label={t('close')} title={t('close')} onClick={() => void store.bulk({ status: 'closed' })}><Icon name="check" size={18} /></button>
      <button type="button" class="icon-button" aria-label={t('clearSelection')} title={t('clearSelection')} onClick={() => list.clearSelection()}><Icon name="close" size={16} /></button>
    </div>
  );
}
