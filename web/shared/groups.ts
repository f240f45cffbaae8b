// Messages in groups, as they are drawn. Pure functions over values.
import type { Message } from './timeline';

export interface Group {
  key: string;
  day: string | null; // set on the first group of a day: the day's date
  side: 'customer' | 'agent';
  note: boolean;
  authorId: string;
  messages: readonly Message[];
}

const groupGapMs = 3 * 60_000;

// One sender within three minutes is a group; a note stands apart; a new day begins a new group.
export function groupMessages(messages: readonly Message[], dayOf: (at: number) => string): Group[] {
  const groups: (Group & { messages: Message[] })[] = [];
  let day = '';
  for (const message of messages) {
    const messageDay = dayOf(message.at);
    const last = groups[groups.length - 1];
    const previous = last?.messages[last.messages.length - 1];
    const note = message.type === 'note';
    const joins =
      last !== undefined && previous !== undefined && messageDay === day && last.side === message.side &&
      last.authorId === message.authorId && previous.app === message.app && last.note === note &&
      message.at - previous.at < groupGapMs;
    if (joins) {
      last.messages.push(message);
      continue;
    }
    groups.push({
      key: message.id,
      day: messageDay === day ? null : messageDay,
      side: message.side,
      note,
      authorId: message.authorId,
      messages: [message],
    });
    day = messageDay;
  }
  return groups;
}
