// Inboxes: name, routing, members, who may see what, the bot, opening hours, what is asked first.
import { useEffect, useState } from 'preact/hooks';
import { Field, Switch } from '../shared/controls';
import { HoursEditor } from './settings_hours';
import { Icon } from './icons';
import { count, plural, t } from './i18n';
import type { Channel, Inbox } from './model';
import { Face, Origin, spanOf } from './parts';
import { loadsOf } from './people';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';
import { say } from './toasts';
import type { ConsoleStore } from './store';

const channels: readonly Channel[] = ['widget', 'student', 'order', 'ticket'];

export function InboxesPage({ store, chosen }: PageProps) {
  const { team } = store;
  useEffect(() => {
    void team.loadInboxes().catch((error: unknown) => store.failed(error));
  }, []);
  const inbox = team.inboxes.value.find((one) => one._id === chosen);
  if (chosen === 'new') return <InboxForm key="new" store={store} inbox={null} />;
  if (inbox) return <InboxForm key={inbox._id} store={store} inbox={inbox} />;
  return (
    <>
      <PageHead title={t('inboxes')} sub={t('inboxesMore')}>
        {store.isAdmin && <a class="primary" href="#settings/inboxes/new"><Icon name="plus" size={16} />{t('newInbox')}</a>}
      </PageHead>
      <ul class="settings-list">
        {team.inboxes.value.map((one) => (
          <li key={one._id}>
            <a class="with-figures" href={`#settings/inboxes/${one._id}`}>
              <span class="item-words"><strong><bdi>{one.name}</bdi></strong>
                <small><Origin channel={one.channel} /> · {t(routingKeys[one.algorithm])} · {plural('members', one.members.length)}</small></span>
              {one.bot && <span class="chip bot"><Icon name="bot" size={13} />{t('botOn')}</span>}
              <span class="item-figure">{plural('openRooms', one.statistics.active_conversations)}</span>
              {one.statistics.avg_response_time > 0 && <span class="item-figure">{t('repliesIn', { name: spanOf(one.statistics.avg_response_time) })}</span>}
              <Icon name="next" size={16} mirror />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const routingKeys = { round_robin: 'roundRobin', load_based: 'loadBased', manual: 'manual' } as const;

type Draft = Pick<Inbox, 'name' | 'channel' | 'algorithm' | 'visibility' | 'bot' | 'hours' | 'away_message' | 'pre_chat_fields'> & { members: string[] };

function draftOf(inbox: Inbox | null, me: string): Draft {
  if (!inbox) return { name: '', channel: 'widget', algorithm: 'round_robin', visibility: 'assigned', bot: false, hours: null, away_message: '', pre_chat_fields: [], members: [me] };
  const { name, channel, algorithm, visibility, bot, hours, away_message, pre_chat_fields } = inbox;
  return { name, channel, algorithm, visibility, bot, hours, away_message, pre_chat_fields, members: inbox.members.map((member) => member.conversation_id) };
}

function InboxForm({ store, inbox }: { store: ConsoleStore; inbox: Inbox | null }) {
  const first = draftOf(inbox, store.me.conversation_id);
  const [draft, setDraft] = useState<Draft>(first);
  const [tried, setTried] = useState(false);
  const changed = JSON.stringify(draft) !== JSON.stringify(first);
  const may = store.isAdmin;
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (!draft.name.trim()) return;
    const { channel, ...rest } = draft;
    const done = await store.change(async () => {
      if (inbox) return store.api.send('PATCH', `/inbox/${inbox._id}`, { ...rest, name: draft.name.trim() });
      return store.api.send('POST', '/inbox', { ...rest, channel, name: draft.name.trim() });
    });
    if (!done) return;
    await store.team.loadInboxes();
    say(t('saved'));
    if (!inbox) location.hash = 'settings/inboxes';
  };
  const loads = loadsOf(store);
  const toggle = (id: string) => set({ members: draft.members.includes(id) ? draft.members.filter((one) => one !== id) : [...draft.members, id] });
  const toggleField = (field: 'name' | 'email' | 'phone') =>
    set({ pre_chat_fields: (['name', 'email', 'phone'] as const).filter((one) => (one === field ? !draft.pre_chat_fields.includes(one) : draft.pre_chat_fields.includes(one))) });

  return (
    <form class="settings-form" onSubmit={save}>
      <PageHead title={inbox ? <bdi>{inbox.name}</bdi> : t('newInbox')} sub={inbox ? <Origin channel={inbox.channel} /> : undefined} back="#settings/inboxes">
        {may && changed && inbox && <button type="button" class="button quiet" onClick={() => setDraft(first)}>{t('discard')}</button>}
        {may && <button type="submit" class="primary" disabled={!changed}>{t('save')}</button>}
      </PageHead>
      <fieldset class="form-body" disabled={!may}>
        <section class="form-section">
          <Field label={t('inboxName')} hint={t('inboxNameHint')} problem={tried && !draft.name.trim() ? t('nameMissing') : undefined}>
            {(ids) => <input class="input" {...ids} dir="auto" maxLength={100} value={draft.name} onInput={(event) => set({ name: event.currentTarget.value })} />}
          </Field>
          {!inbox && (
            <Field label={t('channel')} hint={t('channelHint')}>
              {(ids) => (
                <select class="select" {...ids} value={draft.channel} onChange={(event) => set({ channel: event.currentTarget.value as Channel })}>
                  {channels.map((one) => <option key={one} value={one}>{t(one === 'widget' ? 'website' : one === 'student' ? 'channelStudent' : one === 'order' ? 'channelOrder' : 'channelTicket')}</option>)}
                </select>
              )}
            </Field>
          )}
        </section>
        <section class="form-section">
          <h2>{t('routing')}</h2>
          <div class="choices-cards" role="radiogroup" aria-label={t('routing')}>
            {(['round_robin', 'load_based', 'manual'] as const).map((one) => (
              <label key={one} class="choice-card">
                <input type="radio" name="algorithm" checked={draft.algorithm === one} onChange={() => set({ algorithm: one })} />
                <span><strong>{t(routingKeys[one])}</strong><small>{t(`${routingKeys[one]}More`)}</small></span>
              </label>
            ))}
          </div>
          <Switch on={draft.visibility === 'inbox'} disabled={!may} label={t('shared')} hint={t('sharedMore')} onChange={(on) => set({ visibility: on ? 'inbox' : 'assigned' })} />
          <Switch on={draft.bot} disabled={!may} label={t('botFirst')} hint={t('botFirstMore')} onChange={(bot) => set({ bot })} />
        </section>
        <section class="form-section">
          <h2>{t('membersTitle')} <small>{count(draft.members.length)}</small></h2>
          <ul class="member-list">
            {store.team.agents.value.filter((agent) => !agent.deactivated).map((agent) => (
              <li key={agent._id}><label>
                <input type="checkbox" class="check" checked={draft.members.includes(agent.conversation_id)} onChange={() => toggle(agent.conversation_id)} />
                <Face name={agent.name} id={agent.conversation_id} size={28} /><span class="item-words aligned"><bdi>{agent.name}</bdi></span>
                <span class="item-figure">{agent.seat ? t('loadOf', { n: count(loads.get(agent.conversation_id) ?? 0), total: count(agent.capacity) }) : t('noSeat')}</span>
              </label></li>
            ))}
          </ul>
        </section>
        <section class="form-section">
          <h2>{t('hours')}</h2>
          <HoursEditor hours={draft.hours} onChange={(hours) => set({ hours })} />
          <Field label={t('awayMessage')} hint={t('awayHint')}>
            {(ids) => <textarea class="area" {...ids} dir="auto" rows={2} maxLength={1000} value={draft.away_message} onInput={(event) => set({ away_message: event.currentTarget.value })} />}
          </Field>
        </section>
        <section class="form-section">
          <h2>{t('preChat')}</h2>
          <p class="field-hint">{t('preChatMore')}</p>
          <div class="check-row">
            {(['name', 'email', 'phone'] as const).map((one) => (
              <label key={one}><input type="checkbox" class="check" checked={draft.pre_chat_fields.includes(one)} onChange={() => toggleField(one)} />{t(one === 'name' ? 'name' : one)}</label>
            ))}
          </div>
        </section>
      </fieldset>
    </form>
  );
}
