// What happened in a chosen period: volume, answers, waiting, load, the bot. Each chart has its numbers beside it.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Segments } from '../shared/controls';
import { Popover } from '../shared/menu';
import { Lines, PairBars, StackBars } from './charts';
import { Icon } from './icons';
import { count, locale, plural, t } from './i18n';
import { rowAt, waitingCount, waitingMinutes } from './list_model';
import type { RoomPage, Stats } from './model';
import { Face, nameOf, presenceOf, spanOf, WaitingRing } from './parts';
import { LoadBar, loadsOf } from './people';
import {
  busiest, changePercent, isPeriod, lastDays, niceSeconds, niceTop, periodBefore, solvedPercent, toCsv, type Period,
} from './stats';
import type { ConsoleStore } from './store';

type Choice = '7' | '14' | '30' | 'own';

export function DashboardView({ store }: { store: ConsoleStore }) {
  const [choice, setChoice] = useState<Choice>('14');
  const [own, setOwn] = useState<Period>(() => lastDays(14, Date.now()));
  const [inbox, setInbox] = useState('');
  const [stats, setStats] = useState<Stats | null>(null);
  const [before, setBefore] = useState<Stats | null>(null);
  const [openNow, setOpenNow] = useState(0);
  const period = choice === 'own' ? own : lastDays(Number(choice), Date.now());

  useEffect(() => {
    if (!isPeriod(period)) return undefined;
    let current = true;
    const read = (of: Period) => store.api.get<{ data: Stats }>('/stats', { ...of, inbox_id: inbox || undefined });
    Promise.all([
      read(period), read(periodBefore(period)),
      store.api.get<RoomPage>('/room', { 'filter[status]': 'open', 'filter[inbox_id]': inbox || undefined, limit: 1 }),
      store.team.loadInboxes(), store.team.loadAgents(),
    ]).then(([now, earlier, open]) => {
      if (!current) return;
      setStats(now.data);
      setBefore(earlier.data);
      setOpenNow(open.pagination.total);
    }, (error: unknown) => store.failed(error));
    return () => { current = false; };
  }, [period.from, period.to, inbox]);

  return (
    <main class="sheet page dashboard">
      <header class="page-head">
        <h1>{t('placeDashboard')}</h1>
        <div class="page-tools">
          <select class="select inbox-select" aria-label={t('inbox')} value={inbox} onChange={(event) => setInbox(event.currentTarget.value)}>
            <option value="">{t('allInboxes')}</option>
            {store.team.inboxes.value.map((one) => <option key={one._id} value={one._id}>{one.name}</option>)}
          </select>
          <Segments
            label={t('period')} value={choice === 'own' ? '7' as Choice : choice} onChange={setChoice}
            options={(['7', '14', '30'] as const).map((days) => ({ value: days as Choice, label: <span class={choice === 'own' ? 'not-chosen' : ''}>{plural('days', Number(days))}</span> }))}
          />
          <Popover
            label={t('choosePeriod')} role="dialog" align="end" buttonClass={`button${choice === 'own' ? ' is-chosen' : ''}`}
            button={<><Icon name="calendar" size={16} />{choice === 'own' ? spanWords(own) : t('ownPeriod')}</>}
          >
            {(close) => <OwnPeriod period={own} onChoose={(next) => { close(); setOwn(next); setChoice('own'); }} />}
          </Popover>
          <button type="button" class="button" disabled={!stats} onClick={() => stats && save(stats)}><Icon name="download" size={16} />{t('export')}</button>
        </div>
      </header>
      {stats && (
        <div class="page-body dash-grid" tabIndex={0} role="region" aria-label={t('placeDashboard')}>
          <Volume stats={stats} before={before} openNow={openNow} />
          <FirstResponse stats={stats} before={before} />
          <Waiting store={store} stats={stats} />
          <Load store={store} stats={stats} />
          <Bot stats={stats} />
        </div>
      )}
    </main>
  );
}

const dayWords = (date: string, options: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric' }) =>
  new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(Date.parse(`${date}T00:00:00Z`));
const spanWords = ({ from, to }: Period) => {
  const options = { day: 'numeric', month: 'short' } as const;
  return `${dayWords(from, options)} – ${dayWords(to, options)}`;
};

function save(stats: Stats): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([toCsv(stats)], { type: 'text/csv' }));
  link.download = `parlor-${stats.from}-${stats.to}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function OwnPeriod({ period, onChoose }: { period: Period; onChoose: (period: Period) => void }) {
  const [asked, setAsked] = useState(period);
  const good = isPeriod(asked);
  return (
    <form class="own-period" onSubmit={(event) => { event.preventDefault(); if (good) onChoose(asked); }}>
      <label>{t('from')}<input class="input" type="date" value={asked.from} max={asked.to} onInput={(event) => setAsked({ ...asked, from: event.currentTarget.value })} /></label>
      <label>{t('until')}<input class="input" type="date" value={asked.to} onInput={(event) => setAsked({ ...asked, to: event.currentTarget.value })} /></label>
      {!good && <p class="field-problem" role="alert">{t('periodWrong')}</p>}
      <button type="submit" class="primary" disabled={!good}>{t('show')}</button>
    </form>
  );
}

function Card({ title, sub, className = '', children }: { title: string; sub: string; className?: string; children: preact.ComponentChildren }) {
  return (
    <section class={`card ${className}`} aria-label={title}>
      <h2>{title}</h2>
      <p class="card-sub">{sub}</p>
      {children}
    </section>
  );
}

function Volume({ stats, before, openNow }: { stats: Stats; before: Stats | null; openNow: number }) {
  const change = before ? changePercent(stats.total.new, before.total.new) : null;
  const best = busiest(stats);
  const days = stats.days.map((day) => day.date);
  return (
    <Card title={t('volume')} sub={t('volumeSub')} className="volume">
      <div class="card-split">
        <PairBars
          label={t('volumeSub')} height={280} days={days} dayLabel={dayWords} axis={{ top: niceTop(Math.max(0, ...stats.days.map((day) => Math.max(day.new, day.closed)))), label: count }}
          first={stats.days.map((day) => day.new)} second={stats.days.map((day) => day.closed)}
          title={(at) => `${dayWords(days[at] ?? stats.from)}: ${count(stats.days[at]?.new ?? 0)} ${t('new')}, ${count(stats.days[at]?.closed ?? 0)} ${t('closedCount')}`}
        />
        <div class="figures">
          <strong class="figure">{count(stats.total.new)}</strong>
          <p>{change === null ? t('newOnly') : <>{t('newOnly')}, <b class={change >= 0 ? 'up' : 'down'}>{change >= 0 ? '▲' : '▼'} {Math.abs(change)}%</b> {t('onBefore')}</>}</p>
          <ul class="legend">
            <li><i class="key-a" />{t('new')}<b>{count(stats.total.new)}</b></li>
            <li><i class="key-b" />{t('closedCount')}<b>{count(stats.total.closed)}</b></li>
            <li><i class="key-open" />{t('stillOpen')}<b>{count(openNow)}</b></li>
          </ul>
          {best && <p>{t('busiest')} <b>{dayWords(best.date, { weekday: 'short', day: 'numeric', month: 'short' })}, {count(best.count)}</b></p>}
          <p>{t('messagesCount')} <b>{count(stats.total.messages.customer + stats.total.messages.team)}</b></p>
        </div>
      </div>
    </Card>
  );
}

// Less is better: said in words, not by colour alone.
function Change({ now, before }: { now: number | null; before: number | null }) {
  if (now === null || before === null || now === before) return null;
  const faster = now < before;
  return <p class={faster ? 'up' : 'slow'}>{faster ? '▼' : '▲'} {t(faster ? 'faster' : 'slower', { name: spanOf(Math.abs(now - before)) })}</p>;
}

function FirstResponse({ stats, before }: { stats: Stats; before: Stats | null }) {
  const { median, p90, count: answered } = stats.total.first_response;
  const days = stats.days.map((day) => day.date);
  const top = niceSeconds(Math.max(20, ...stats.days.map((day) => day.first_response.p90 ?? 0)));
  return (
    <Card title={t('firstResponse')} sub={t('firstResponseSub')} className="first-response">
      <div class="card-split">
        <Lines
          label={t('firstResponseSub')} height={280} days={days} dayLabel={dayWords} axis={{ top, label: (value) => (value === 0 ? '0' : spanOf(value)) }}
          low={stats.days.map((day) => day.first_response.median)} high={stats.days.map((day) => day.first_response.p90)}
          title={(at) => `${dayWords(days[at] ?? stats.from)}: ${t('median')} ${spanOf(stats.days[at]?.first_response.median ?? null)}, ${t('p90')} ${spanOf(stats.days[at]?.first_response.p90 ?? null)}`}
        />
        <div class="figures">
          <p class="figure-key"><i class="key-line" />{t('median')}</p>
          <strong class="figure">{spanOf(median)}</strong>
          <Change now={median} before={before?.total.first_response.median ?? null} />
          <p class="figure-key"><i class="key-dash" />{t('p90')}</p>
          <strong class="figure small">{spanOf(p90)}</strong>
          <Change now={p90} before={before?.total.first_response.p90 ?? null} />
          <p>{t('answeredCount')} <b>{count(answered)}</b></p>
        </div>
      </div>
    </Card>
  );
}

function Waiting({ store, stats }: { store: ConsoleStore; stats: Stats }) {
  const { list } = store;
  const now = store.now.value;
  const waiting = waitingCount(list.pages.value, list.total.value);
  const minutes = useMemo(() => Array.from({ length: waiting.count }, (_, at) => {
    const row = rowAt(list.pages.value, at);
    return row ? waitingMinutes(row, now) ?? 0 : 0;
  }), [waiting.count, now, list.pages.value]);
  const longest = rowAt(list.pages.value, 0);
  const days = stats.days.map((day) => day.date);
  const top = niceSeconds(Math.max(20, ...stats.days.map((day) => day.wait.p90 ?? 0)));
  return (
    <Card title={t('waitingTitle')} sub={t('waitingSub')} className="waiting-card">
      <div class="figure-row">
        <span><strong class="figure">{waiting.more ? `${count(waiting.count)}+` : count(waiting.count)}</strong> {t('now')}</span>
        {longest && minutes.length > 0 && (
          <span class="figure-notes">
            <span><WaitingRing minutes={minutes[0] ?? 0} /> {t('longest')} <bdi>{nameOf(longest.contact)}</bdi></span>
            <span><WaitingRing minutes={Math.round(minutes.reduce((sum, one) => sum + one, 0) / minutes.length)} /> {t('averageNow')}</span>
          </span>
        )}
      </div>
      <Lines
        label={t('waitingSub')} height={190} days={days} dayLabel={dayWords} axis={{ top, label: (value) => (value === 0 ? '0' : spanOf(value)) }}
        low={stats.days.map((day) => day.wait.median)} high={stats.days.map((day) => day.wait.p90)}
        title={(at) => `${dayWords(days[at] ?? stats.from)}: ${spanOf(stats.days[at]?.wait.median ?? null)}`}
      />
      <ul class="legend wide">
        <li><i class="key-line" />{t('median')}<b>{spanOf(stats.total.wait.median)}</b></li>
        <li><i class="key-dash" />{t('p90')}<b>{spanOf(stats.total.wait.p90)}</b></li>
      </ul>
    </Card>
  );
}

const mostAgents = 8;

function Load({ store, stats }: { store: ConsoleStore; stats: Stats }) {
  const loads = loadsOf(store);
  const done = new Map(stats.agents.map((agent) => [agent.conversation_id, agent]));
  const agents = store.team.agents.value.filter((agent) => agent.seat && !agent.deactivated)
    .sort((a, b) => (loads.get(b.conversation_id) ?? 0) - (loads.get(a.conversation_id) ?? 0)).slice(0, mostAgents);
  return (
    <Card title={t('loadTitle')} sub={t('loadSub')} className="load-card">
      <ul class="agent-loads">
        {agents.map((agent) => {
          const load = loads.get(agent.conversation_id) ?? 0;
          const worked = done.get(agent.conversation_id);
          const full = load >= agent.capacity;
          return (
            <li key={agent._id}>
              <Face name={agent.name} id={agent.conversation_id} size={36} dot={presenceOf(agent)} />
              <div>
                <p class="load-line"><bdi>{agent.name}</bdi><span class={full ? 'load-full' : ''}>{t(full ? 'fullOf' : 'loadOf', { n: count(load), total: count(agent.capacity) })}</span></p>
                <LoadBar load={load} capacity={agent.capacity} />
                <p class="load-note">{plural('closedBy', worked?.closed ?? 0)} · {t('medianOf', { name: spanOf(worked?.first_response.median ?? null) })}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Bot({ stats }: { stats: Stats }) {
  const { answered, escalated, resolved } = stats.total.bot;
  const solved = solvedPercent(stats.total.bot);
  const days = stats.days.map((day) => day.date);
  return (
    <Card title={t('bot')} sub={t('botSub')} className="bot-card">
      <div class="figure-row">
        <span><strong class="figure">{solved === null ? '–' : `${solved}%`}</strong> {t('solved')}</span>
        <span class="figure-notes">
          <span><i class="key-bot" />{t('solvedCount')} <b>{count(resolved)}</b></span>
          <span><i class="key-passed" />{t('passedOn')} <b>{count(escalated)}</b></span>
        </span>
      </div>
      <StackBars
        label={t('botSub')} height={190} days={days} dayLabel={dayWords} axis={{ top: niceTop(Math.max(0, ...stats.days.map((day) => day.bot.resolved + day.bot.escalated))), label: count }}
        first={stats.days.map((day) => day.bot.resolved)} second={stats.days.map((day) => day.bot.escalated)}
        title={(at) => `${dayWords(days[at] ?? stats.from)}: ${count(stats.days[at]?.bot.resolved ?? 0)} / ${count(stats.days[at]?.bot.escalated ?? 0)}`}
      />
      <ul class="legend wide"><li>{t('botAnswers')}<b>{count(answered)}</b></li></ul>
    </Card>
  );
}
