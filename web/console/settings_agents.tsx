// Agents: invitations, seats, capacity, roles, who has left.
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { Field, Switch } from '../shared/controls';
import { CopyLine } from './first_run';
import { Icon } from './icons';
import { count, t } from './i18n';
import { moment } from './contact';
import type { Agent } from './model';
import { Face, presenceOf } from './parts';
import { loadsOf } from './people';
import type { PageProps } from './settings';
import { PageHead } from './settings_parts';
import { say } from './toasts';
import type { ConsoleStore } from './store';

export function AgentsPage({ store }: PageProps) {
  const { team } = store;
  const [edited, setEdited] = useState<Agent | 'new' | null>(null);
  useEffect(() => {
    void Promise.all([team.loadAgents(), team.loadInboxes()]).catch((error: unknown) => store.failed(error));
  }, []);
  const loads = loadsOf(store);
  const agents = [...team.agents.value].sort((a, b) => Number(a.deactivated) - Number(b.deactivated) || a.name.localeCompare(b.name));
  return (
    <>
      <PageHead title={t('agents')} sub={t('agentsMore')}>
        {store.isAdmin && <button type="button" class="primary" onClick={() => setEdited('new')}><Icon name="plus" size={16} />{t('invite')}</button>}
      </PageHead>
      <ul class="settings-list">
        {agents.map((agent) => (
          <li key={agent._id}>
            <button type="button" class="with-figures" disabled={!store.isAdmin} onClick={() => setEdited(agent)}>
              <Face name={agent.name} id={agent.conversation_id} size={36} dot={presenceOf(agent)} />
              <span class="item-words"><strong><bdi>{agent.name}</bdi></strong><small><bdi dir="ltr">{agent.email}</bdi></small></span>
              {agent.role === 'admin' && <span class="chip">{t('admin')}</span>}
              {agent.deactivated && <span class="chip">{t('left')}</span>}
              {agent.invited_until && <span class="chip warn">{t('invitedUntil', { name: moment(agent.invited_until) })}</span>}
              <span class="item-figure">{agent.seat ? t('loadOf', { n: count(loads.get(agent.conversation_id) ?? 0), total: count(agent.capacity) }) : t('noSeat')}</span>
              {store.isAdmin && <Icon name="next" size={16} mirror />}
            </button>
          </li>
        ))}
      </ul>
      {edited && <AgentDialog store={store} agent={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function AgentDialog({ store, agent, onClose }: { store: ConsoleStore; agent: Agent | null; onClose: () => void }) {
  const [name, setName] = useState(agent?.name ?? '');
  const [email, setEmail] = useState(agent?.email ?? '');
  const [role, setRole] = useState<Agent['role']>(agent?.role ?? 'agent');
  const [seat, setSeat] = useState(agent?.seat ?? true);
  const [capacity, setCapacity] = useState(String(agent?.capacity ?? 10));
  const [link, setLink] = useState('');
  const number = Number(capacity);
  const good = name.trim() !== '' && /.+@.+/.test(email) && Number.isInteger(number) && number >= 0 && number <= 10_000;
  const save = async (event: Event) => {
    event.preventDefault();
    if (!good) return;
    const fields = { name: name.trim(), email: email.trim(), role, seat, capacity: number };
    const done = await store.change(async () => {
      if (agent) await store.api.send('PATCH', `/agent/${agent._id}`, fields);
      else setLink((await store.api.send<{ data: { invitation_link: string } }>('POST', '/agent', fields)).data.invitation_link);
      await store.team.loadAgents();
    });
    if (done && agent) {
      say(t('saved'));
      onClose();
    }
  };
  const again = () => store.change(async () => {
    if (agent) setLink((await store.api.send<{ data: { invitation_link: string } }>('POST', `/agent/${agent._id}/invitation`)).data.invitation_link);
  });
  const leave = async (deactivated: boolean) => {
    const done = await store.change(async () => {
      if (agent) await store.api.send('PATCH', `/agent/${agent._id}`, { deactivated });
      await store.team.loadAgents();
    });
    if (done) onClose();
  };
  const title = agent ? agent.name : t('inviteTitle');
  if (link) {
    return (
      <Dialog title={title} wide onClose={onClose}>
        <h2>{t('inviteLink', { name })}</h2>
        <p>{t('inviteLinkMore')}</p>
        <CopyLine text={link} />
        <div class="dialog-foot"><button type="button" class="primary" onClick={onClose}>{t('done')}</button></div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <h2><bdi>{title}</bdi></h2>
      <form class="dialog-form" onSubmit={save}>
        <Field label={t('name')}>{(ids) => <input class="input" {...ids} dir="auto" required maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />}</Field>
        <Field label={t('email')}>{(ids) => <input class="input" {...ids} type="email" dir="ltr" required maxLength={254} value={email} onInput={(event) => setEmail(event.currentTarget.value)} />}</Field>
        <div class="two">
          <Field label={t('role')}>
            {(ids) => <select class="select" {...ids} value={role} onChange={(event) => setRole(event.currentTarget.value as Agent['role'])}><option value="agent">{t('agent')}</option><option value="admin">{t('admin')}</option></select>}
          </Field>
          <Field label={t('capacity')}>{(ids) => <input class="input" {...ids} type="number" min="0" max="10000" dir="ltr" value={capacity} onInput={(event) => setCapacity(event.currentTarget.value)} />}</Field>
        </div>
        <Switch on={seat} label={t('seat')} hint={t('seatMore')} onChange={setSeat} />
        <div class="dialog-foot">
          {agent && !agent.deactivated && agent._id !== store.me._id && <button type="button" class="button quiet start" onClick={() => void leave(true)}>{t('deactivate')}</button>}
          {agent?.deactivated && <button type="button" class="button quiet start" onClick={() => void leave(false)}>{t('reactivate')}</button>}
          {agent && !agent.deactivated && <button type="button" class="button" onClick={() => void again()}>{t('newLink')}</button>}
          {!agent && <button type="button" class="button" onClick={onClose}>{t('cancel')}</button>}
          <button type="submit" class="primary" disabled={!good}>{t(agent ? 'save' : 'invite')}</button>
        </div>
      </form>
    </Dialog>
  );
}
