// What the site's one line says, `data-*` by `data-*`, and what of it can be refused. Pure functions.

export type Mode = 'visitor' | 'student';
export type Theme = 'auto' | 'light' | 'dark';

export interface Options {
  mode: Mode;
  token: string; // of the web site, for visitors
  inbox: string;
  locale: string; // '': the page's language, then the browser's
  theme: Theme;
  side: 'end' | 'start'; // of the page's reading direction
  title: string; // in the header; '': the inbox's name
  accent: string; // '': Parlor's own
  launcher: boolean; // false: the site opens the chat itself
  sound: boolean;
}

export function readOptions(data: Readonly<Record<string, string | undefined>>): Options {
  return {
    mode: data.mode === 'student' ? 'student' : 'visitor',
    token: data.token ?? '',
    inbox: data.inbox ?? '',
    locale: data.locale ?? '',
    theme: data.theme === 'light' || data.theme === 'dark' ? data.theme : 'auto',
    side: data.side === 'start' ? 'start' : 'end',
    title: data.title ?? '',
    accent: data.accent ?? '',
    launcher: data.launcher !== 'off',
    sound: data.sound !== 'off',
  };
}

// The first of those asked for that there is.
export function chooseLocale(asked: readonly (string | null | undefined)[]): 'en' | 'ar' {
  for (const locale of asked) {
    const code = locale?.slice(0, 2).toLowerCase();
    if (code === 'en' || code === 'ar') return code;
  }
  return 'en';
}

// White text on the accent must be readable: a contrast of 4.5 at least (WCAG 1.4.3). null for what is no `#rrggbb`.
export function contrastWithWhite(color: string): number | null {
  if (!/^#[\da-f]{6}$/i.test(color)) return null;
  const light = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * (light[0] ?? 0) + 0.7152 * (light[1] ?? 0) + 0.0722 * (light[2] ?? 0);
  return 1.05 / (luminance + 0.05);
}
