// The team: who is here, how much each has.
import { useEffect } from 'preact/hooks';
import { Empty } from '../shared/controls';
import { moment } from './contact';
import { count, t } from './i18n';
import type { Agent } from './model';
import { Face, presenceOf } from './parts';
import type { ConsoleStore } from './store';

export function loadsOf(store: ConsoleStore): Map<string, number> {
  const loads = new Map<string, number>();
  for (const inbox of store.team.inboxes.value) {
    for (const member of inbox.members) loads.set(member.conversation_id, Math.max(loads.get(member.conversation_id) ?? 0, member.current_load));
  }
  return loads;
}

// Open rooms of a capacity, as segments; beyond 12 as one bar.
export function LoadBar({ load, capacity }: { load: number; capacity: number }) {
  const full = capacity > 0 && load >= capacity;
  if (capacity === 0 || capacity > 12) {
    return <span class={`load${full ? ' full' : ''}`} aria-hidden="true"><i class="load-rest"><b style={{ inlineSize: `${capacity > 0 ? Math.min(100, (load / capacity) * 100) : 0}%` }} /></i></span>;
  }
  return <span class={`load${full ? ' full' : ''}`} aria-hidden="true">{Array.from({ length: capacity }, (_, at) => <i key={at} class={at < load ? 'load-used' : 'load-rest'} />)}</span>;
}

const isHere = (agent: Agent) => presenceOf(agent) === 'active';

export function PeopleView({ store }: { store: ConsoleStore }) {
  const { team } = store;
  useEffect(() => {
    void Promise.all([team.loadAgents(), team.loadInboxes()]).catch((error: unknown) => store.failed(error));
  }, []);
  const loads = loadsOf(store);
  const agents = [...team.agents.value].filter((agent) => !agent.deactivated)
    .sort((a, b) => Number(!isHere(a)) - Number(!isHere(b)) || a.name.localeCompare(b.name));
  const inboxesOf = (id: string) => team.inboxes.value.filter((inbox) => inbox.members.some((member) => member.conversation_id === id));
  const here = agents.filter(isHere).length;
  return (
    <main class="sheet page">
      <header class="page-head"><h1>{t('placePeople')}</h1><span class="page-note">{t('hereOf', { n: here, total: agents.length })}</span></header>
      {agents.length === 0 ? <Empty title={t('nobodyYet')} /> : (
        <div class="page-body" tabIndex={0} role="region" aria-label={t('placePeople')}>
          <ul class="people">
            {agents.map((agent) => {
              const load = loads.get(agent.conversation_id) ?? 0;
              return (
                <li key={agent._id} class="card person">
                  <Face name={agent.name} id={agent.conversation_id} size={44} dot={presenceOf(agent)} />
                  <div class="person-words">
                    <h2><bdi>{agent.name}</bdi>{agent.role === 'admin' && <span class="chip">{t('admin')}</span>}</h2>
                    <p><bdi dir="ltr">{agent.email}</bdi></p>
                    <p class="person-state"><i class={`presence ${presenceOf(agent)}`} />{agent.invited_until && !isHere(agent) ? t('invitedUntil', { name: moment(agent.invited_until) }) : t(isHere(agent) ? 'active' : 'away')}
                      {inboxesOf(agent.conversation_id).map((inbox) => <span class="chip" key={inbox._id}><bdi>{inbox.name}</bdi></span>)}</p>
                  </div>
                  <div class="person-load">
                    <span>{agent.seat ? (load >= agent.capacity ? t('fullOf', { n: count(load), total: count(agent.capacity) }) : t('loadOf', { n: count(load), total: count(agent.capacity) })) : t('noSeat')}</span>
                    {agent.seat && <LoadBar load={load} capacity={agent.capacity} />}
                  </div>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </main>
  );
}
