// Where one is: the address after `#`. A room is `#room=<id>`, a page `#dashboard`, `#settings/agents`.
export type Place = 'inbox' | 'people' | 'dashboard' | 'settings' | 'invitation';
export interface Route {
  place: Place;
  room: string | null;
  parts: readonly string[]; // of settings: the page, and what is open there
}

export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#/, '');
  const room = /^room=([0-9a-f]{24})$/.exec(text)?.[1];
  if (room) return { place: 'inbox', room, parts: [] };
  const invitation = /^invitation=(.+)$/.exec(text)?.[1];
  if (invitation) return { place: 'invitation', room: null, parts: [invitation] };
  const [place, ...parts] = text.split('/');
  if (place === 'people' || place === 'dashboard' || place === 'settings') return { place, room: null, parts };
  return { place: 'inbox', room: null, parts: [] };
}
