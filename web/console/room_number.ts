// The number by which people call a conversation, five digits of its id: the id's second, and its place among those of
// the same second (docs/adr/0001). It runs on by one a second, so that two of a day seldom share one; it is no key.
export function roomNumber(id: string): string {
  const whole = Number.parseInt(id.slice(-16), 16);
  if (!Number.isSafeInteger(whole)) return '';
  const second = Math.floor(whole / perSecond);
  return String((second + (whole % perSecond) * step) % 100_000).padStart(5, '0');
}

const perSecond = 2 ** 21;
const step = 7919; // a prime: those of one second stand far apart
