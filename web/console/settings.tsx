// Settings: the pages and the way between them. Agents may look; admins may change.
import { AgentsPage } from './settings_agents';
import { AuditPage } from './settings_audit';
import { CannedPage } from './settings_canned';
import { FaqsPage } from './settings_faqs';
import { InboxesPage } from './settings_inboxes';
import { IntentsPage } from './settings_intents';
import { KeysPage } from './settings_keys';
import { SitesPage } from './settings_sites';
import { Icon, type IconName } from './icons';
import { t, type TextKey } from './i18n';
import type { ConsoleStore } from './store';

export interface PageProps {
  store: ConsoleStore;
  chosen: string | null;
}

interface Page {
  id: string;
  icon: IconName;
  key: TextKey;
  view: (props: PageProps) => preact.JSX.Element;
  admin?: boolean;
}

const groups: { key: TextKey; pages: Page[] }[] = [
  {
    key: 'account', pages: [
      { id: 'inboxes', icon: 'inbox', key: 'inboxes', view: InboxesPage },
      { id: 'agents', icon: 'people', key: 'agents', view: AgentsPage },
      { id: 'sites', icon: 'globe', key: 'sites', view: SitesPage },
      { id: 'keys', icon: 'code', key: 'serverKeys', view: KeysPage, admin: true },
    ],
  },
  {
    key: 'answers', pages: [
      { id: 'intents', icon: 'bot', key: 'intents', view: IntentsPage, admin: true },
      { id: 'faqs', icon: 'book', key: 'faqs', view: FaqsPage },
      { id: 'canned', icon: 'bolt', key: 'cannedReplies', view: CannedPage },
    ],
  },
  { key: 'records', pages: [{ id: 'audit', icon: 'list', key: 'audit', view: AuditPage, admin: true }] },
];

export function SettingsView({ store, parts }: { store: ConsoleStore; parts: readonly string[] }) {
  const allowed = groups.map((group) => ({ ...group, pages: group.pages.filter((page) => store.isAdmin || !page.admin) })).filter((group) => group.pages.length > 0);
  const pages = allowed.flatMap((group) => group.pages);
  const page = pages.find((one) => one.id === parts[0]);
  const shown = page ?? pages[0];
  if (!shown) return <main class="sheet" />;
  const View = shown.view;
  return (
    <main class={`sheet settings${page ? ' has-page' : ''}`}>
      <nav class="settings-nav" aria-label={t('placeSettings')}>
        <h1>{t('placeSettings')}</h1>
        {allowed.map((group) => (
          <div key={group.key}>
            <h2>{t(group.key)}</h2>
            {group.pages.map((one) => (
              <a key={one.id} href={`#settings/${one.id}`} aria-current={one === shown ? 'page' : undefined}><Icon name={one.icon} size={18} />{t(one.key)}</a>
            ))}
          </div>
        ))}
        {!store.isAdmin && <p class="settings-note"><Icon name="lock" size={14} />{t('onlyAdmins')}</p>}
      </nav>
      <section class="settings-page" key={shown.id} aria-label={t(shown.key)} tabIndex={0}>
        <View store={store} chosen={parts[1] ?? null} />
      </section>
    </main>
  );
}
