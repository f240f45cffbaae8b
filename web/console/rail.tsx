import { Icon, Logo } from '../shared/icons';
import { t } from '../shared/i18n';
import { Avatar, LanguageSwitch } from '../shared/parts';
import type { ConsoleStore } from './store';

export function Rail({ store, onSignOut }: { store: ConsoleStore; onSignOut: () => void }) {
  return (
    <header class="rail">
      <Logo size={30} />
      <span class="rail-here" title={t('conversations')}><Icon name="inbox" size={20} /></span>
      <span class="rail-space" />
      <LanguageSwitch compact />
      <button type="button" class="rail-button" aria-label={t('signOut')} title={t('signOut')} onClick={onSignOut}>
        <Icon name="out" size={19} mirror />
      </button>
      <span class="rail-me" title={store.me.name}>
        <Avatar name={store.me.name} id={store.me.conversation_id} large />
        <i class={store.live.state.value === 'online' ? 'online-dot' : 'online-dot away'} />
      </span>
    </header>
  );
}
