// Web addresses in a text.

export interface Piece {
  text: string;
  href: string | null;
}

// Chromium lays out one run of Arabic in a time that grows with its square (150,000 characters: 19 s); in parts, each
// a text of its own, it takes a third of a second.
const parts = /[^]{1,1999}(?:\s|$)|[^]{1,2000}/gu;

// Splits a text into plain pieces and web addresses. Nothing else of a text is ever interpreted.
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  const addPlain = (plain: string) => {
    for (const [part] of plain.matchAll(parts)) pieces.push({ text: part, href: null });
  };
  let from = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"']+/g)) {
    const address = match[0].replace(/[.,;:!?)\]}،؛؟]+$/u, '');
    addPlain(text.slice(from, match.index));
    pieces.push({ text: address, href: address });
    from = match.index + address.length;
  }
  addPlain(text.slice(from));
  return pieces;
}
