// Messages as bubbles, in groups of one sender, and what has not been acknowledged yet below them.
import { clockTime, dayKey, dayName } from './format';
import { Icon } from './icons';
import { language, t } from './i18n';
import type { Unsent } from './outbox';
import { Avatar, PlainText, ReceiptMark } from './parts';
import { groupMessages, type Group, type Message } from './timeline';

interface BubblesProps {
  messages: readonly Message[];
  mySide: 'customer' | 'agent';
  nameOf: (message: Message) => string;
  showOwnName: boolean;
}

export function Bubbles({ messages, mySide, nameOf, showOwnName }: BubblesProps) {
  const now = Date.now();
  return (
    <>
      {groupMessages(messages, dayKey).map((group) => (
        <div key={group.key}>
          {group.day !== null && group.messages[0] && (
            <div class="day">
              <span>{dayName(group.messages[0].at, language.value, now, t('today'), t('yesterday'))}</span>
            </div>
          )}
          <BubbleGroup group={group} mySide={mySide} nameOf={nameOf} showOwnName={showOwnName} />
        </div>
      ))}
    </>
  );
}

function BubbleGroup({ group, mySide, nameOf, showOwnName }: Omit<BubblesProps, 'messages'> & { group: Group }) {
  const last = group.messages[group.messages.length - 1];
  if (!last) return null;
  const outgoing = group.side === mySide;
  const name = nameOf(last);
  const showsName = !outgoing || showOwnName;
  return (
    <div class={`group ${outgoing ? 'out' : 'in'}${group.note ? ' is-note' : ''} from-${group.side}`}>
      {showsName && <Avatar name={name} id={last.authorId} />}
      <div class="stack">
        {group.messages.map((message) => (
          <div class="bubble" key={message.id} dir="auto">
            {showsName && <bdi class="hidden">{name}: </bdi>}
            <PlainText text={message.content} />
          </div>
        ))}
        <div class="meta">
          {group.note && <Icon name="lock" size={13} />}
          {showsName && <><bdi>{name}</bdi> · </>}
          {group.note && <>{t('noteOnly')} · </>}
          <time dateTime={new Date(last.at).toISOString()}>{clockTime(last.at, language.value)}</time>
          {outgoing && !group.note && <> · <ReceiptMark receipt={last.receipt} /></>}
        </div>
      </div>
    </div>
  );
}

interface UnsentBubblesProps {
  entries: readonly Unsent[];
  onRetry: (clientId: string) => void;
  onDrop: (clientId: string) => void;
}

export function UnsentBubbles({ entries, onRetry, onDrop }: UnsentBubblesProps) {
  const waiting = entries.filter((entry) => !entry.failed);
  return (
    <>
      {entries.map((entry) => (
        <div class={`group out unsent${entry.failed ? ' failed' : ''}${entry.type === 'note' ? ' is-note' : ''}`} key={entry.clientId}>
          <div class="stack">
            <div class="bubble" dir="auto"><PlainText text={entry.content} /></div>
            {entry.failed && (
              <div class="meta">
                <Icon name="warning" size={13} /> {t('notSent')}{' '}
                <button type="button" class="link" onClick={() => onRetry(entry.clientId)}>{t('tryAgain')}</button>
                {' · '}
                <button type="button" class="link" onClick={() => onDrop(entry.clientId)}>{t('delete')}</button>
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
