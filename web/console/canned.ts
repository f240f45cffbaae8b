// Canned replies: `/` at the beginning of a word asks for one by its short code or its words.
import type { CannedReply } from './model';

export interface Slash {
  from: number; // where the slash stands
  asked: string;
}

export function slashBefore(text: string, cursor: number): Slash | null {
  const match = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(text.slice(0, cursor));
  if (!match) return null;
  return { from: cursor - (match[1] ?? '').length - 1, asked: match[1] ?? '' };
}

// Codes that begin so come first, then texts that have it.
export function matching(replies: readonly CannedReply[], asked: string, most = 8): CannedReply[] {
  const wanted = asked.toLocaleLowerCase();
  const rank = (reply: CannedReply) => {
    const code = reply.short_code.toLocaleLowerCase();
    if (code.startsWith(wanted)) return 0;
    if (code.includes(wanted)) return 1;
    return reply.text.toLocaleLowerCase().includes(wanted) ? 2 : 3;
  };
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.short_code.localeCompare(b.reply.short_code))
    .slice(0, most)
    .map((entry) => entry.reply);
}

// `{{contact.name | there}}`: the value, or what stands behind the bar.
export function expand(text: string, values: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\{\{\s*([\w.]+)\s*(?:\|([^}]*))?\}\}/g, (_, name: string, fallback: string | undefined) =>
    values[name]?.trim() || (fallback ?? '').trim());
}

export function insertReply(text: string, slash: Slash, cursor: number, reply: string): { text: string; cursor: number } {
  const before = text.slice(0, slash.from) + reply;
  return { text: before + text.slice(cursor), cursor: before.length };
}
