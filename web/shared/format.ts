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

export function digits(locale: string): string {
  return `${locale}-u-nu-latn`;
}

export function clockTime(at: number, locale: string): string {
  return new Intl.DateTimeFormat(digits(locale), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}
