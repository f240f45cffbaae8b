// Keys of servers, and of the application that signs tokens.
import { useEffect, useState } from 'preact/hooks';
import { Empty } from '../shared/controls';
import { CopyLine } from './first_run';
import { Icon } from './icons';
import { t } from './i18n';
import { dayOf } from './contact';
import type { PageProps } from './settings';
import { Ask, PageHead } from './settings_parts';

interface Integration { _id: string; name: string; created_at: string }
interface Account { name: string; host_keys: { fingerprint: string; key_id: string; algorithm: string }[]; identity_key?: string }

export function KeysPage({ store }: PageProps) {
  const [list, setList] = useState<Integration[] | null>(null);
  const [account, setAccount] = useState<Account | null>(null);
  const [name, setName] = useState('');
  const [made, setMade] = useState('');
  const [identity, setIdentity] = useState('');
  const [asked, setAsked] = useState<Integration | 'identity' | null>(null);
  const load = async () => {
    const [integrations, own] = await Promise.all([
      store.api.get<{ data: Integration[] }>('/integration'), store.api.get<{ data: Account }>('/account'),
    ]);
    setList(integrations.data);
    setAccount(own.data);
  };
  useEffect(() => {
    void load().catch((error: unknown) => store.failed(error));
  }, []);
  const add = async (event: Event) => {
    event.preventDefault();
    if (!name.trim()) return;
    await store.change(async () => {
      setMade((await store.api.send<{ data: { key: string } }>('POST', '/integration', { name: name.trim() })).data.key);
      setName('');
      await load();
    });
  };
  const answer = async () => {
    const what = asked;
    setAsked(null);
    await store.change(async () => {
      if (what === 'identity') setIdentity((await store.api.send<{ data: Account }>('PATCH', '/account', { rotate_identity_key: true })).data.identity_key ?? '');
      else if (what) await store.api.send('DELETE', `/integration/${what._id}`);
      await load();
    });
  };
  return (
    <>
      <PageHead title={t('serverKeys')} sub={t('serverKeysMore')} />
      <div class="form-body">
        <section class="form-section">
          <h2>{t('integrations')}</h2>
          <form class="inline-form" onSubmit={add}>
            <input class="input" dir="auto" maxLength={100} value={name} aria-label={t('name')} placeholder={t('integrationName')} onInput={(event) => setName(event.currentTarget.value)} />
            <button type="submit" class="button" disabled={!name.trim()}>{t('makeKey')}</button>
          </form>
          {made && <><CopyLine text={made} /><p class="field-hint">{t('keyOnce')}</p></>}
          {list?.length === 0 && <Empty title={t('noKeys')} />}
          <ul class="settings-list">
            {list?.map((one) => (
              <li key={one._id}><div class="item"><span class="item-icon"><Icon name="code" size={18} /></span>
                <span class="item-words"><strong><bdi>{one.name}</bdi></strong><small>{t('since', { name: dayOf(one.created_at) })}</small></span>
                <button type="button" class="icon-button" aria-label={t('removeSite', { name: one.name })} title={t('remove')} onClick={() => setAsked(one)}><Icon name="trash" size={17} /></button></div></li>
            ))}
          </ul>
        </section>
        <section class="form-section">
          <h2>{t('identityKey')}</h2>
          <p class="field-hint">{t('identityMore')}</p>
          {identity && <CopyLine text={identity} />}
          <button type="button" class="button" onClick={() => setAsked('identity')}>{t('rotate')}</button>
        </section>
        {account && account.host_keys.length > 0 && (
          <section class="form-section">
            <h2>{t('hostKeys')}</h2>
            <ul class="settings-list">{account.host_keys.map((key) => <li key={key.fingerprint}><div class="item"><span class="item-icon"><Icon name="shield" size={18} /></span><span class="item-words"><strong><bdi dir="ltr">{key.key_id || key.algorithm}</bdi></strong><small><bdi dir="ltr">{key.algorithm} · {key.fingerprint}</bdi></small></span></div></li>)}</ul>
          </section>
        )}
      </div>
      {asked && (
        <Ask
          title={asked === 'identity' ? t('rotateAsk') : t('removeTitle', { name: asked.name })} text={t(asked === 'identity' ? 'rotateMore' : 'keyRemoveMore')}
          yes={t(asked === 'identity' ? 'rotate' : 'remove')} no={t('keepIt')} onYes={() => void answer()} onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
