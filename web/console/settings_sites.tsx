// Web sites: their tokens, the line to put in, whether a visitor was seen.
import { useEffect, useState } from 'preact/hooks';
import { fetchJson } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { Empty, Field } from '../shared/controls';
import type { DemoConfig } from '../shared/types';
import { CopyLine } from './first_run';
import { embedCode } from './embed';
import { Icon } from './icons';
import { t } from './i18n';
import { dayOf, moment } from './contact';
import type { Site } from './model';
import type { PageProps } from './settings';
import { Ask, PageHead } from './settings_parts';
import type { ConsoleStore } from './store';

const lookEveryMs = 5000;

export function SitesPage({ store }: PageProps) {
  const [sites, setSites] = useState<Site[] | null>(null);
  const [making, setMaking] = useState(false);
  const [removing, setRemoving] = useState<Site | null>(null);
  const [demo, setDemo] = useState<DemoConfig | null>(null);
  const load = async () => setSites((await store.api.get<{ data: Site[] }>('/token')).data);
  useEffect(() => {
    void load().catch((error: unknown) => store.failed(error));
    void fetchJson<DemoConfig>('/demo/config.json').then(setDemo);
    const timer = setInterval(() => void load().catch(() => undefined), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  const remove = async (site: Site) => {
    setRemoving(null);
    await store.change(async () => {
      await store.api.send('DELETE', `/token/${site._id}`);
      await load();
    });
  };
  return (
    <>
      <PageHead title={t('sites')} sub={t('sitesMore')}>
        {store.isAdmin && <button type="button" class="primary" onClick={() => setMaking(true)}><Icon name="plus" size={16} />{t('addSite')}</button>}
      </PageHead>
      {sites?.length === 0 && <Empty title={t('noSites')}><p>{t('noSitesMore')}</p></Empty>}
      <ul class="settings-list">
        {sites?.map((site) => (
          <li key={site._id}>
            <div class="item">
              <span class="item-icon"><Icon name="globe" size={18} /></span>
              <span class="item-words"><strong><bdi>{site.name}</bdi></strong>
                <small>{site.domain.length > 0 ? <bdi dir="ltr">{site.domain.join(', ')}</bdi> : t('anySite')}{site.expiry_time > 0 && <> · {t('until')} {dayOf(new Date(site.expiry_time).toISOString())}</>}</small></span>
              {site.expired ? <span class="chip bad">{t('ended')}</span> : site.ends_soon && <span class="chip warn">{t('endsSoon')}</span>}
              {site.last_seen
                ? <span class="seen"><span class="chip ok"><Icon name="check" size={13} />{t('firstVisitor')}</span> {moment(site.last_seen)}</span>
                : <span class="seen"><span class="chip">{t('nobodySeen')}</span></span>}
              {store.isAdmin && <button type="button" class="icon-button" aria-label={t('removeSite', { name: site.name })} title={t('remove')} onClick={() => setRemoving(site)}><Icon name="trash" size={17} /></button>}
            </div>
          </li>
        ))}
      </ul>
      {demo && <section class="form-section try-site"><h2>{t('tryWidget')}</h2><p class="field-hint">{t('tryWidgetMore')}</p><a class="button" href="/demo" target="_blank" rel="noopener"><Icon name="link" size={16} />{t('openDemo')}</a></section>}
      {making && <SiteDialog store={store} onClose={() => { setMaking(false); void load(); }} />}
      {removing && (
        <Ask title={t('removeTitle', { name: removing.domain[0] ?? removing.name })} text={t('removeMore')} yes={t('removeToken')} no={t('keepIt')} onYes={() => void remove(removing)} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}

function SiteDialog({ store, onClose }: { store: ConsoleStore; onClose: () => void }) {
  const inboxes = store.team.inboxes.value.filter((inbox) => inbox.channel === 'widget');
  const [domains, setDomains] = useState('');
  const [name, setName] = useState('');
  const [inbox, setInbox] = useState(inboxes[0]?._id ?? '');
  const [token, setToken] = useState('');
  const hosts = domains.split(/[\s,]+/).map((one) => one.replace(/^https?:\/\//, '').replace(/\/.*$/, '')).filter(Boolean);
  const make = async (event: Event) => {
    event.preventDefault();
    await store.change(async () => {
      const body = { ...(hosts.length > 0 ? { domain: hosts } : {}), ...(name.trim() ? { name: name.trim() } : {}) };
      const { data } = await store.api.send<{ data: { token: string } }>('POST', '/token', hosts.length > 0 || name.trim() ? body : { name: t('anySite') });
      setToken(data.token);
    });
  };
  return (
    <Dialog title={t('addSite')} wide onClose={onClose}>
      <h2>{t('addSite')}</h2>
      {token ? (
        <>
          <p>{t('embedMore')}</p>
          <Field label={t('inbox')}>
            {(ids) => <select class="select" {...ids} value={inbox} onChange={(event) => setInbox(event.currentTarget.value)}>{inboxes.map((one) => <option key={one._id} value={one._id}>{one.name}</option>)}</select>}
          </Field>
          <CopyLine text={embedCode(token, inbox)} />
          <p class="field-hint">{t('tokenOnce')}</p>
          <div class="dialog-foot"><button type="button" class="primary" onClick={onClose}>{t('done')}</button></div>
        </>
      ) : (
        <form class="dialog-form" onSubmit={make}>
          <Field label={t('domains')} hint={t('domainsHint')}>{(ids) => <input class="input" {...ids} dir="ltr" value={domains} placeholder="shop.example" onInput={(event) => setDomains(event.currentTarget.value)} />}</Field>
          <Field label={t('nameOptional')}>{(ids) => <input class="input" {...ids} dir="auto" maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />}</Field>
          <div class="dialog-foot"><button type="button" class="button" onClick={onClose}>{t('cancel')}</button><button type="submit" class="primary">{t('makeToken')}</button></div>
        </form>
      )}
    </Dialog>
  );
}
