// System lines of a conversation: what happened to it, between its messages.
import { groupMessages, type Group } from '../shared/groups';
import type { Message } from '../shared/timeline';

export interface Line {
  key: string;
  at: number;
  kind: 'opened' | 'assigned' | 'unassigned' | 'closed' | 'reopened' | 'pending' | 'tags' | 'priority';
  names: string; // of the assignees, the tags
}

export type Entry = { group: Group; line?: undefined } | { line: Line; day: string | null; group?: undefined };

// Groups and lines in the order of time; each day is said once.
export function entriesOf(messages: readonly Message[], lines: readonly Line[], dayOf: (at: number) => string): Entry[] {
  const first = messages[0];
  const shown = lines.filter((line) => first === undefined || line.at >= first.at).sort((a, b) => a.at - b.at);
  const entries: Entry[] = [];
  let day = '';
  const say = (at: number) => {
    const next = dayOf(at);
    const fresh = next === day ? null : next;
    day = next;
    return fresh;
  };
  const addGroups = (part: readonly Message[]) => {
    for (const group of groupMessages(part, dayOf)) entries.push({ group: { ...group, day: say(group.messages[0]?.at ?? 0) } });
  };
  let from = 0;
  for (const line of shown) {
    let to = from;
    while (to < messages.length && (messages[to]?.at ?? 0) <= line.at) to += 1;
    addGroups(messages.slice(from, to));
    entries.push({ line, day: say(line.at) });
    from = to;
  }
  addGroups(messages.slice(from));
  return entries;
}

const sameMoment = 2000; // the room's time of a change and the change's own differ by milliseconds

// What the room says of its past, beside the lines that were there when it happened.
export function withPast(lines: readonly Line[], past: readonly Line[]): Line[] {
  const fresh = past.filter((line) => !lines.some((known) => known.kind === line.kind && Math.abs(known.at - line.at) < sameMoment));
  return [...lines, ...fresh.map((line) => ({ ...line, key: `${line.kind}-${line.at}` }))];
}
