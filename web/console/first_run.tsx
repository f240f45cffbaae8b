// The first steps of a new account, until they are done or skipped: name the inbox, put the widget on a site,
// send a test, invite the team. Shown to admins beside the list; on a small screen, in its place, until the first
// conversation is there.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { DemoConfig } from '../shared/types';
import { fetchJson } from '../shared/api';
import { EmbedCode } from './embed';
import { Icon } from './icons';
import { t } from './i18n';
import { moment } from './contact';
import type { Inbox, RoomPage, Site } from './model';
import { ArchPicture } from './picture';
import { say } from './toasts';
import type { ConsoleStore } from './store';

const skippedKey = 'parlor.console.first.skipped';
const lookEveryMs = 4000;
const fewRooms = 10; // whoever has more has begun, whatever is not ticked

export function FirstRunView({ store, otherwise }: { store: ConsoleStore; otherwise: ComponentChildren }) {
  const [skipped, setSkipped] = useState(localStorage.getItem(skippedKey) === store.me._id);
  const [state, setState] = useState<{ inbox: Inbox | undefined; sites: Site[]; rooms: number; team: number } | null>(null);
  const [token, setToken] = useState<string | null>(null);
  const [demo, setDemo] = useState<DemoConfig | null>(null);
  const begun = useRef<boolean | null>(null);
  const wanted = store.isAdmin && !skipped;

  const look = async () => {
    const [sites, rooms] = await Promise.all([
      store.api.get<{ data: Site[] }>('/token'), store.api.get<RoomPage>('/room', { limit: 1 }), store.team.loadInboxes(), store.team.loadAgents(),
    ]);
    setState({
      inbox: store.team.inboxes.value.find((inbox) => inbox.channel === 'widget') ?? store.team.inboxes.value[0], sites: sites.data, rooms: rooms.pagination.total,
      team: store.team.agents.value.filter((agent) => !agent.deactivated).length,
    });
  };
  useEffect(() => {
    if (!wanted) return undefined;
    void look().catch(() => undefined);
    void fetchJson<DemoConfig>('/demo/config.json').then(setDemo);
    const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs);
    return () => clearInterval(timer);
  }, [wanted]);

  if (!wanted || !state) return <>{otherwise}</>;
  const seen = state.sites.find((site) => site.last_seen !== null);
  const done = [state.inbox !== undefined, seen !== undefined, state.rooms > 0, state.team > 1];
  const finished = done.filter(Boolean).length;
  // What is ticked last is still to be read, an invitation's link for one: it leaves when it is told to.
  begun.current ??= finished < done.length && state.rooms < fewRooms;
  const covered = state.rooms > 0 && matchMedia('(max-width: 767px)').matches;
  if (!begun.current || covered) return <>{otherwise}</>;
  const skip = () => {
    localStorage.setItem(skippedKey, store.me._id);
    setSkipped(true);
  };
  return (
    <main class="sheet page first-run">
      <div class="first-run-inner">
        <div class="first-steps">
          <h1>{t('firstTitle')}</h1>
          <div class="first-sub"><p>{t('firstMore')}</p><strong>{t('doneOf', { n: finished, total: done.length })}</strong></div>
          <div class="first-bar" role="img" aria-label={t('doneOf', { n: finished, total: done.length })}>{done.map((one, at) => <i key={at} class={one ? 'done' : ''} />)}</div>
          <ol class="card steps">
            <NameStep store={store} inbox={state.inbox} done={done[0] ?? false} onDone={look} />
            <Step number={2} done={done[1] ?? false} title={t('stepWidget')} sub={t('stepWidgetMore')}>
              {token || !seen
                ? <EmbedCode store={store} inbox={state.inbox} token={token} onToken={(made) => { setToken(made); void look(); }} />
                : <a class="button small step-change" href="#settings/sites">{t('changeIt')}</a>}
              {seen?.last_seen && <p class="first-seen"><span class="chip ok"><Icon name="check" size={13} />{t('firstVisitor')}</span> <bdi dir="ltr">{seen.domain[0] ?? seen.name}</bdi> · {moment(seen.last_seen)}</p>}
            </Step>
            <Step number={3} done={done[2] ?? false} title={t('stepTest')} sub={t('stepTestMore')}>
              {demo && <a class="primary" href="/demo" target="_blank" rel="noopener"><Icon name="link" size={16} />{t('openDemo')}</a>}
            </Step>
            <InviteStep store={store} done={done[3] ?? false} onDone={look} />
          </ol>
          <div class="first-foot"><span>{t('tipBefore')} <kbd>?</kbd> {t('tipAfter')}</span><button type="button" class={finished === done.length ? 'primary' : 'button quiet'} onClick={skip}>{t(finished === done.length ? 'done' : 'skip')}</button></div>
        </div>
        <div class="first-picture" aria-hidden="true">
          <ArchPicture />
          <div class="mini-widget">
            <div class="mini-head"><span>{(state.inbox?.name ?? 'P').slice(0, 1)}</span><strong>{state.inbox?.name}</strong><Icon name="close" size={14} /></div>
            <p class="mini-in">{t('miniHello')}</p><p class="mini-out">{t('miniTest')}</p>
            <div class="mini-field"><span>{t('miniWrite')}</span><Icon name="send" size={16} mirror /></div>
          </div>
          <small>{t('miniNote')}</small>
        </div>
      </div>
    </main>
  );
}

function Step({ number, done, title, sub, children }: { number: number; done: boolean; title: string; sub: string; children?: ComponentChildren }) {
  return (
    <li class={done ? 'step done' : 'step'}>
      <span class="step-number">{done ? <Icon name="check" size={16} /> : number}</span>
      <div><h2>{title}{done && <span class="hidden"> {t('stepDone')}</span>}</h2><p>{sub}</p>{children}</div>
    </li>
  );
}

function NameStep({ store, inbox, done, onDone }: { store: ConsoleStore; inbox: Inbox | undefined; done: boolean; onDone: () => Promise<void> }) {
  const [changing, setChanging] = useState(false);
  const [name, setName] = useState(inbox?.name ?? '');
  const save = async (event: Event) => {
    event.preventDefault();
    if (!name.trim()) return;
    const saved = await store.change(() => inbox
      ? store.api.send('PATCH', `/inbox/${inbox._id}`, { name: name.trim() })
      : store.api.send('POST', '/inbox', { name: name.trim(), members: [store.me.conversation_id] }));
    if (!saved) return;
    setChanging(false);
    await onDone();
  };
  return (
    <Step number={1} done={done} title={t('stepName')} sub={inbox && !changing ? t('stepNamed', { name: inbox.name }) : t('stepNameMore')}>
      {done && !changing ? (
        <button type="button" class="button small step-change" onClick={() => { setName(inbox?.name ?? ''); setChanging(true); }}>{t('changeIt')}</button>
      ) : (
        <form class="inline-form" onSubmit={save}>
          <input class="input" dir="auto" value={name} maxLength={100} aria-label={t('inboxName')} placeholder={t('inboxName')} onInput={(event) => setName(event.currentTarget.value)} />
          <button type="submit" class="button">{t('save')}</button>
        </form>
      )}
    </Step>
  );
}

function InviteStep({ store, done, onDone }: { store: ConsoleStore; done: boolean; onDone: () => Promise<void> }) {
  const [email, setEmail] = useState('');
  const [link, setLink] = useState('');
  const invite = async (event: Event) => {
    event.preventDefault();
    await store.change(async () => {
      const name = email.split('@')[0] ?? email;
      const { data } = await store.api.send<{ data: { invitation_link: string } }>('POST', '/agent', { name, email: email.trim() });
      setLink(data.invitation_link);
      setEmail('');
      await onDone();
    });
  };
  return (
    <Step number={4} done={done} title={t('stepInvite')} sub={t('stepInviteMore')}>
      <form class="inline-form" onSubmit={invite}>
        <input class="input" type="email" required dir="ltr" value={email} aria-label={t('email')} placeholder="name@example.com" onInput={(event) => setEmail(event.currentTarget.value)} />
        <button type="submit" class="button">{t('invite')}</button>
      </form>
      {link && <CopyLine text={link} />}
    </Step>
  );
}

export function CopyLine({ text }: { text: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(text).catch(() => undefined);
    say(t('copied'));
  };
  return (
    <div class="copy-line" dir="ltr">
      <code tabIndex={0}>{text}</code>
      <button type="button" class="button small" onClick={() => void copy()}><Icon name="copy" size={15} />{t('copy')}</button>
    </div>
  );
}
