// Messages as bubbles, in groups of one sender, and below them what has not been acknowledged yet.
import { useState } from 'preact/hooks';
import { dayName } from '../shared/days';
import { clockTime, dayKey } from '../shared/format';
import { groupMessages, type Group } from '../shared/groups';
import { findLinks } from '../shared/links';
import type { Unsent } from '../shared/outbox';
import type { Message } from '../shared/timeline';
import type { Attachment } from '../shared/types';
import { Icon } from './icons';
import { checksIcon } from './later_icons';
import { language, t } from './i18n';
import { lazy } from '../shared/lazy';
import { untilChoices } from '../shared/choices';
import { Face } from './panel';
import type { ChatStore } from './store';

const Files = lazy(async () => (await import('./files')).Files);
const longText = 4000;

export function Bubbles({ store, title }: { store: ChatStore; title: string }) {
  const { messages } = store.timeline.value;
  const last = messages[messages.length - 1];
  return (
    <>
      {groupMessages(messages, dayKey).map((group, index) => (
        <div key={group.key}>
          {group.day !== null && (index > 0 || group.day !== dayKey(Date.now())) && (
            <p class="day">{dayName(group.messages[0]?.at ?? 0, language.value, Date.now(), t('today'), t('yesterday'))}</p>
          )}
          <BubbleGroup group={group} store={store} title={title} last={last} />
        </div>
      ))}
    </>
  );
}

interface GroupProps {
  group: Group;
  store: ChatStore;
  title: string;
  last: Message | undefined;
}

function BubbleGroup({ group, store, title, last }: GroupProps) {
  const newest = group.messages[group.messages.length - 1];
  if (!newest) return null;
  const own = group.side === 'customer';
  const bot = newest.app === 'bot';
  const person = bot ? undefined : store.names.value.get(group.authorId);
  const name = bot ? t('bot') : (person ?? title);
  const choices = newest === last && !own && !store.blocked.value ? (newest.quickReplies ?? []) : [];
  return (
    <div class={`group ${own ? 'out' : 'in'}${bot ? ' from-bot' : ''}`}>
      {!own && <Face name={name} bot={bot} />}
      <div class="stack">
        {group.messages.map((message) => (
          <MessageBubble
            key={message.id} message={message} sender={own ? '' : name}
            text={message === newest ? untilChoices(message.content, choices) : message.content}
          />
        ))}
        {choices.length > 0 && (
          <div class={`choices${untilChoices(newest.content, choices) === newest.content ? '' : ' numbered'}`} role="group" aria-label={t('choices')}>
            {choices.map((choice) => (
              <button type="button" dir="auto" key={choice.id} onClick={() => store.say(choice.text)}>{choice.text}</button>
            ))}
          </div>
        )}
        <div class="meta">
          {!own && <><bdi>{person ? person.split(' ')[0] : name}</bdi> · </>}
          <time dateTime={new Date(newest.at).toISOString()}>{clockTime(newest.at, language.value)}</time>
          {own && (
            <> · <span class={`receipt ${newest.receipt}`}>
              {newest.receipt === 'sent' ? <Icon name="check" size={14} /> : <Icon path={checksIcon} size={14} />}{t(newest.receipt)}
            </span></>
          )}
        </div>
      </div>
    </div>
  );
}

function MessageBubble({ message, sender, text }: { message: Message; sender: string; text: string }) {
  return (
    <>
      {message.attachments.length > 0 && <Files files={message.attachments as Attachment[]} type={message.type} />}
      {text !== '' && (
        <div class="bubble" dir="auto">
          {sender && <bdi class="hidden">{sender}: </bdi>}
          <PlainText text={text} />
        </div>
      )}
    </>
  );
}

// A person's text is shown as text, whatever is in it; web addresses can be followed.
function PlainText({ text }: { text: string }) {
  const [whole, setWhole] = useState(text.length <= longText);
  return (
    <>
      {findLinks(whole ? text : text.slice(0, longText)).map(({ text: piece, href }) =>
        href === null ? piece : <a href={href} target="_blank" rel="noopener noreferrer" dir="ltr">{piece}</a>)}
      {!whole && <>… <button type="button" class="link" onClick={() => setWhole(true)}>{t('showAll')}</button></>}
    </>
  );
}

interface UnsentProps {
  entries: readonly Unsent[];
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
}

export function UnsentBubbles({ entries, onRetry, onDrop }: UnsentProps) {
  const waiting = entries.filter((entry) => !entry.failed);
  return (
    <>
      {entries.map((entry) => (
        <div class={`group out unsent${entry.failed ? ' failed' : ''}`} key={entry.clientId}>
          <div class="stack">
            <div class="bubble" dir="auto">{entry.content ? <PlainText text={entry.content} /> : <bdi>{entry.attachments?.[0]?.name ?? t('file')}</bdi>}</div>
            {entry.failed && <Failure onRetry={() => onRetry(entry.clientId)} onDrop={() => onDrop(entry.clientId)} />}
            {!entry.failed && entry === waiting[waiting.length - 1] && (
              <div class="meta"><Icon name="clock" size={14} />{t('waitingToSend')}</div>
            )}
          </div>
        </div>
      ))}
    </>
  );
}

export function Failure({ onRetry, onDrop }: { onRetry: () => void; onDrop: () => void }) {
  return (
    <div class="meta">
      <Icon name="warning" size={14} />{t('notSent')}{' '}
      <button type="button" class="link" onClick={onRetry}>{t('tryAgain')}</button>
      {' · '}
      <button type="button" class="link" onClick={onDrop}>{t('delete')}</button>
    </div>
  );
}

export function Typing({ name }: { name: string }) {
  return (
    <div class="group in typing">
      <Face name={name} bot={false} />
      <span class="bubble"><span class="dots" aria-hidden="true"><i /><i /><i /></span><span class="hidden">{t('typing', { name })}</span></span>
    </div>
  );
}
