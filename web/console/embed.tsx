// The one line that puts the widget on a site. A token is shown once, so it is made here when there is none.
import { useState } from 'preact/hooks';
import { CopyLine } from './first_run';
import { Icon } from './icons';
import { t } from './i18n';
import type { Inbox } from './model';
import type { ConsoleStore } from './store';

export function embedCode(token: string, inboxId: string): string {
  return `<script src="${location.origin}/widget.js" data-token="${token}" data-inbox="${inboxId}" async></script>`;
}

export function EmbedCode({ store, inbox, token, onToken }: {
  store: ConsoleStore; inbox: Inbox | undefined; token: string | null; onToken: (token: string) => void;
}) {
  const [domain, setDomain] = useState('');
  if (!inbox) return null;
  if (token) return <><CopyLine text={embedCode(token, inbox._id)} /><p class="field-hint">{t('tokenOnce')}</p></>;
  const make = async (event: Event) => {
    event.preventDefault();
    await store.change(async () => {
      const host = domain.trim().replace(/^https?:\/\//, '').replace(/\/.*$/, '');
      const { data } = await store.api.send<{ data: { token: string } }>('POST', '/token', host ? { domain: host } : { name: t('anySite') });
      onToken(data.token);
    });
  };
  return (
    <form class="inline-form" onSubmit={make}>
      <input class="input" dir="ltr" value={domain} maxLength={255} aria-label={t('siteDomain')} placeholder="shop.example" onInput={(event) => setDomain(event.currentTarget.value)} />
      <button type="submit" class="primary"><Icon name="code" size={16} />{t('makeCode')}</button>
    </form>
  );
}
