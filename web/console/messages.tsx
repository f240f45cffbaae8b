// Messages as bubbles in groups of one sender, the lines between them, and what is not acknowledged yet.
import { Fragment } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { choiceTaken, untilChoices } from '../shared/choices';
import { dayName } from '../shared/days';
import { clockTime, dayKey } from '../shared/format';
import type { Group } from '../shared/groups';
import type { Unsent } from '../shared/outbox';
import { PlainText, ReceiptMark } from '../shared/parts';
import type { Message } from '../shared/timeline';
import type { QuickReply } from '../shared/types';
import { Attachments } from './attachments';
import { BotMark, Icon, type IconName } from './icons';
import { region, t, type TextKey } from './i18n';
import { entriesOf, type Entry, type Line } from './lines';
import { Face, firstName, nameOf } from './parts';
import type { ConsoleStore } from './store';

const longText = 3000; // characters shown at first

export function Messages({ store, messages, lines }: { store: ConsoleStore; messages: readonly Message[]; lines: readonly Line[] }) {
  const now = Date.now();
  const known = useRef(new Map<string, Group>());
  const entries = keepGroups(entriesOf(messages, lines, dayKey), known.current);
  return (
    <>
      {entries.map((entry) => {
        const at = entry.group ? entry.group.messages[0]?.at ?? 0 : entry.line.at;
        const day = entry.group ? entry.group.day : entry.day;
        return (
          <div key={entry.group ? entry.group.key : entry.line.key}>
            {day !== null && <div class="day"><span>{dayName(at, region(), now, t('today'), t('yesterday'))}</span></div>}
            {entry.group ? <BubbleGroup store={store} group={entry.group} /> : <LineView line={entry.line} me={store.me.name} />}
          </div>
        );
      })}
    </>
  );
}

// A group that says what it said before stays the same object, so that it is not drawn again.
function keepGroups(entries: Entry[], known: Map<string, Group>): Entry[] {
  const before = new Map(known);
  known.clear();
  return entries.map((entry) => {
    if (!entry.group) return entry;
    const old = before.get(entry.group.key);
    const same = old && old.day === entry.group.day && old.messages.length === entry.group.messages.length &&
      old.messages.every((message, at) => message === entry.group.messages[at]);
    const group = same ? old : entry.group;
    known.set(group.key, group);
    return { group };
  });
}

const lineIcons: Record<Line['kind'], IconName> = {
  opened: 'chat', assigned: 'assign', unassigned: 'user', closed: 'check', reopened: 'refresh', pending: 'clock', tags: 'tag', priority: 'flag',
};
const lineKeys: Record<Line['kind'], TextKey> = {
  opened: 'lineOpened', assigned: 'lineAssigned', unassigned: 'lineUnassigned', closed: 'lineClosed', reopened: 'lineReopened',
  pending: 'linePending', tags: 'lineTags', priority: 'linePriority',
};

function LineView({ line, me }: { line: Line; me: string }) {
  const key = line.kind === 'assigned' && line.names === me ? 'lineAssignedYou' : lineKeys[line.kind];
  return (
    <p class="line">
      <Icon name={lineIcons[line.kind]} size={15} />
      <span>{t(key, { name: `\u2068${line.names}\u2069` })} · <time dateTime={new Date(line.at).toISOString()}>{clockTime(line.at, region())}</time></span>
    </p>
  );
}

// Rooms of orders have several people on the customer's side.
function customerName(store: ConsoleStore, authorId: string): string {
  const detail = store.room.detail.value;
  const own = nameOf(detail?.contact);
  if (!detail || authorId === detail.conversation_id || store.team.channel(detail.inbox._id) !== 'order') return own;
  return store.customers.name(authorId) ?? own;
}

export function authorName(store: ConsoleStore, { app, side, authorId }: Message): string {
  if (app === 'bot') return t('bot');
  if (side === 'customer') return customerName(store, authorId);
  return store.team.name(authorId) ?? (authorId === store.me.conversation_id ? store.me.name : t('colleague'));
}

function BubbleGroup({ store, group }: { store: ConsoleStore; group: Group }) {
  const last = group.messages[group.messages.length - 1];
  if (!last) return null;
  const bot = last.app === 'bot';
  const outgoing = group.side === 'agent' && !bot;
  const mine = last.authorId === store.me.conversation_id;
  const name = authorName(store, last);
  const said = group.side === 'customer' ? firstName(name) : name;
  return (
    <div class={`group ${outgoing ? 'out' : 'in'}${group.note ? ' is-note' : ''}${bot ? ' is-bot' : ''} from-${group.side}`}>
      {bot ? <BotMark size={28} /> : <Face name={name} id={last.authorId} size={28} />}
      <div class="stack">
        {group.messages.map((message) => (
          <Fragment key={message.id}>
            <Bubble message={message} name={name} />
            {message.quickReplies && <Offered store={store} message={message} choices={message.quickReplies} />}
          </Fragment>
        ))}
        <div class="meta">
          {group.note && <Icon name="lock" size={13} />}
          {(!mine || group.note) && <><bdi>{said}</bdi> · </>}
          {group.note && <>{t('noteOnly')} · </>}
          <time dateTime={new Date(last.at).toISOString()}>{clockTime(last.at, region())}</time>
          {outgoing && !group.note && <> · <ReceiptMark receipt={last.receipt} /></>}
        </div>
      </div>
    </div>
  );
}

// What the bot offered as answers, and which of them was taken.
function Offered({ store, message, choices }: { store: ConsoleStore; message: Message; choices: readonly QuickReply[] }) {
  const answer = store.room.timeline.value.messages.find((other) => other.seq > message.seq && other.side === 'customer');
  const taken = answer && choiceTaken(choices, answer.content);
  return (
    <ul class="offered" aria-label={t('offered')}>
      {choices.map((choice) => (
        <li key={choice.id} class={choice === taken ? 'taken' : ''} dir="auto">
          {choice === taken && <><Icon name="check" size={14} /><span class="hidden">{t('taken')}: </span></>}{choice.text}
        </li>
      ))}
    </ul>
  );
}

function Bubble({ message, name }: { message: Message; name: string }) {
  const [whole, setWhole] = useState(false);
  const text = untilChoices(message.content, message.quickReplies ?? []);
  const cut = !whole && text.length > longText;
  return (
    <>
      {message.attachments.length > 0 && <Attachments files={message.attachments} />}
      {(text !== '' || message.attachments.length === 0) && (
        <div class="bubble" dir="auto">
          <bdi class="hidden">{name}: </bdi>
          <PlainText text={cut ? text.slice(0, longText) : text} />
          {cut && <button type="button" class="show-all" onClick={() => setWhole(true)}>… {t('showAll')}</button>}
        </div>
      )}
    </>
  );
}

export function UnsentView({ store, entries }: { store: ConsoleStore; entries: readonly Unsent[] }) {
  const waiting = entries.filter((entry) => !entry.failed);
  return (
    <>
      {entries.map((entry, index) => (
        <div class={`group out unsent${entry.failed ? ' failed' : ''}${entry.type === 'note' ? ' is-note' : ''}${sameBelow(entries, index) ? ' with-next' : ''}`} key={entry.clientId}>
          <Face name={store.me.name} id={store.me.conversation_id} size={28} />
          <div class="stack">
            {entry.attachments && <Attachments files={entry.attachments} />}
            {entry.content !== '' && <div class="bubble" dir="auto"><PlainText text={entry.content.slice(0, longText)} /></div>}
            {entry.failed && (
              <div class="meta" role="alert">
                <Icon name="warning" size={13} /> {t('notSent')}{' '}
                <button type="button" class="link" onClick={() => store.sender.retry(entry.clientId)}>{t('tryAgain')}</button>
                {' · '}
                <button type="button" class="link" onClick={() => store.sender.drop(entry.clientId)}>{t('delete')}</button>
              </div>
            )}
            {!entry.failed && entry === waiting[waiting.length - 1] && (
              <div class="meta"><Icon name="clock" size={13} /> {t('waitingToSend')}</div>
            )}
          </div>
        </div>
      ))}
    </>
  );
}

// Another that waits follows it, of the same sort: one group to the eye.
function sameBelow(entries: readonly Unsent[], index: number): boolean {
  const [entry, next] = [entries[index], entries[index + 1]];
  return !!entry && !!next && !entry.failed && !next.failed && (entry.type === 'note') === (next.type === 'note');
}
