// How values are shown. Interface digits are Latin in every language.

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = firstLetter(words[0]?.replace(/^ال(?=..)/u, ''));
  if (!first) return '';
  // Arabic letters join: two of them side by side would read as a word.
  if (/\p{Script=Arabic}/u.test(first)) return first;
  return (first + (words.length > 1 ? firstLetter(words[words.length - 1]) : '')).toUpperCase();
}

function firstLetter(word: string | undefined): string {
  return /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '';
}

// One of eight avatar colours, always the same for the same id.
export function tone(id: string): number {
  let hash = 7;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % 8;
}

export function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function digits(locale: string): string {
  return `${locale}-u-nu-latn`;
}

export function clockTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(digits(locale), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

export function dayName(at: number, locale: string, now: number, today: string, yesterday: string): string {
  if (dayKey(at) === dayKey(now)) return today;
  if (dayKey(at) === dayKey(now - 86_400_000)) return yesterday;
  return new Intl.DateTimeFormat(digits(locale), { day: 'numeric', month: 'long' }).format(at);
}

// A list shows the time of today's messages and the date of older ones.
export function listTime(at: number, locale: string, now: number): string {
  if (dayKey(at) === dayKey(now)) return clockTime(at, locale);
  return new Intl.DateTimeFormat(digits(locale), { day: 'numeric', month: 'short' }).format(at);
}

export interface Piece {
  text: string;
  href: string | null;
}

// Splits a text into plain pieces and web addresses. Nothing else of a text is ever interpreted.
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    const address = match[0].replace(/[.,;:!?)\]}،؛؟]+$/u, '');
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), href: null });
    pieces.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), href: null });
  return pieces;
}
