// What is being written, by room and mode, kept over a reload. At most 60 drafts: the oldest goes.
export type Mode = 'text' | 'note';

export interface Draft {
  text: string;
  at: number; // when it was begun
}

export type Drafts = ReadonlyMap<string, Draft>;

const mostDrafts = 60;

export function draftKey(roomId: string, mode: Mode): string {
  return `${roomId}/${mode}`;
}

export function withDraft(drafts: Drafts, key: string, text: string, now: number): Drafts {
  const next = new Map(drafts);
  const before = next.get(key);
  next.delete(key);
  if (text !== '') next.set(key, { text, at: before && before.text.trim() !== '' ? before.at : now });
  const surplus = next.size - mostDrafts;
  for (const old of [...next.keys()].slice(0, Math.max(0, surplus))) next.delete(old);
  return next;
}

export function parseDrafts(text: string | null): Drafts {
  const drafts = new Map<string, Draft>();
  try {
    const entries = JSON.parse(text ?? '[]') as unknown;
    if (!Array.isArray(entries)) return drafts;
    for (const entry of entries.slice(-mostDrafts) as [string, Partial<Draft>][]) {
      const [key, draft] = entry;
      if (typeof key === 'string' && typeof draft?.text === 'string') {
        drafts.set(key, { text: draft.text, at: typeof draft.at === 'number' ? draft.at : 0 });
      }
    }
  } catch {
    // Nothing that can be read: nothing is kept.
  }
  return drafts;
}

export function writeDrafts(drafts: Drafts): string {
  return JSON.stringify([...drafts]);
}
