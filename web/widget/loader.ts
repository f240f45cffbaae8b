// `/widget.js`, the one line that a site adds. Draws the launcher in a shadow root of its own, offers
// window.Parlor, and loads the chat itself when somebody opens it, or at once for a visitor who has written
// before. Until then nothing but this file and one small question to the server costs the page anything.
import launcherCss from './launcher.css';
import type { Chat, Frame, Identity, InboxInfo, ParlorApi, ParlorEvent } from './interface';
import { chooseLocale, contrastWithWhite, readOptions } from './options';

declare const CHAT: string; // the chat's address below ours; filled in by the build
declare global {
  interface Window {
    Parlor?: Partial<ParlorApi>;
  }
}

// The page must not hear what is typed here, nor take the focus back to a dialog of its own.
const ownEvents = 'keydown keypress keyup beforeinput input paste cut copy focusin focusout wheel dragover drop'.split(' ');
// For assistive technology, before the chat's texts are there.
const labels = { en: ['Open chat', ', {n} unread'], ar: ['افتح المحادثة', '، {n} غير مقروءة'] } as const;

// Shortcuts of pages leave alone what can be edited; all they see of us is this element.
class ParlorChat extends HTMLElement {
  override get isContentEditable(): boolean {
    return true;
  }
}

function start(script: HTMLScriptElement): void {
  const server = new URL('.', script.src).href.slice(0, -1);
  const options = readOptions(script.dataset);
  const page = document.documentElement;
  const listeners: [ParlorEvent, (detail: unknown) => void][] = [];
  let forcedLocale = '';
  let identity: Identity = {};
  let chat: Promise<Chat> | undefined;
  let info: InboxInfo | null = null;
  let allowed = false;
  let hidden = !options.launcher;
  let unread = 0;
  let isOpen = false;

  if (!customElements.get('parlor-chat')) customElements.define('parlor-chat', ParlorChat);
  const host = document.createElement('parlor-chat');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherCss);
  shadow.adoptedStyleSheets = [sheet];
  for (const name of ownEvents) shadow.addEventListener(name, (event) => event.stopPropagation());

  const root = document.createElement('div');
  root.className = `root ${options.side}`;
  const launcher = document.createElement('button');
  launcher.type = 'button';
  launcher.className = 'launcher';
  launcher.hidden = true;
  const count = document.createElement('span');
  launcher.append(logo(), count);
  root.append(launcher);
  shadow.append(root);

  const locale = () => chooseLocale([forcedLocale, options.locale, page.lang, navigator.language]);
  const draw = () => {
    const [label, more] = labels[locale()];
    root.lang = locale();
    root.dir = root.lang === 'ar' ? 'rtl' : 'ltr';
    launcher.hidden = !allowed || hidden || isOpen;
    launcher.setAttribute('aria-label', label + (unread ? more.replace('{n}', String(unread)) : ''));
    launcher.setAttribute('aria-expanded', String(isOpen));
    count.textContent = unread > 99 ? '99+' : String(unread || '');
  };
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    root.dataset.theme = options.theme === 'auto' ? (dark.matches ? 'dark' : 'light') : options.theme;
  };
  dark.addEventListener('change', paint);
  paint();
  if (options.accent) {
    if ((contrastWithWhite(options.accent) ?? 0) >= 4.5) root.style.setProperty('--petrol', options.accent);
    else say('data-accent must be a #rrggbb on which white text can be read (contrast 4.5)');
  }

  const tell = (event: ParlorEvent, detail?: unknown) => {
    for (const [name, listener] of listeners) if (name === event) listener(detail);
  };
  const hideLauncher = (reason: string) => {
    allowed = false;
    draw();
    say(reason);
  };
  // A page may set getToken after this file has run.
  const getToken = async () => {
    const token = await window.Parlor?.getToken?.();
    if (!token) throw new Error('window.Parlor.getToken gave no token');
    return token;
  };
  const frame = (): Frame => ({
    server, options, shadow, root, locale, info, identity, getToken, hideLauncher, tell,
    showUnread: (n) => {
      if (n !== unread) tell('unread', n);
      unread = n;
      draw();
    },
    opened: (open) => {
      if (isOpen === open) return;
      isOpen = open;
      draw();
      if (!open) launcher.focus();
      tell(open ? 'open' : 'close');
    },
  });
  const load = () => {
    chat ??= importChat(server).then((module) => module.startChat(frame()));
    chat.catch(() => (chat = undefined)); // and the next try may go better
    return chat;
  };
  const withChat = (use: (chat: Chat) => void) => void load().then(use, (error) => say(String(error)));

  const api: ParlorApi = {
    open: () => withChat((it) => it.setOpen(true)),
    close: () => void chat?.then((it) => it.setOpen(false)),
    show: () => ((hidden = false), draw()),
    hide: () => ((hidden = true), draw(), void chat?.then((it) => it.setOpen(false))),
    identify: (who) => {
      identity = { ...identity, ...who };
      if (chat || who.identifier) withChat((it) => it.identify(identity));
    },
    setAttributes: (more) => api.identify(more),
    logout: () => {
      identity = {};
      withChat((it) => it.logout());
    },
    setLocale: (asked) => {
      forcedLocale = asked;
      draw();
      void chat?.then((it) => it.localeChanged());
    },
    on: (event, listener) => {
      const entry: (typeof listeners)[number] = [event, listener];
      listeners.push(entry);
      return () => void listeners.splice(listeners.indexOf(entry), 1);
    },
    destroy: () => {
      void chat?.then((it) => it.destroy());
      dark.removeEventListener('change', paint);
      watch.disconnect();
      host.remove();
      delete window.Parlor;
    },
  };
  window.Parlor = Object.assign(window.Parlor ?? {}, api);
  launcher.onclick = api.open;
  launcher.onpointerenter = () => void load().catch(() => undefined);
  const watch = new MutationObserver(() => {
    draw();
    void chat?.then((it) => it.localeChanged());
  });
  watch.observe(page, { attributeFilter: ['lang'] });

  const ready = () => {
    allowed = true;
    // Beside the body: neither a transform nor a new body of the page moves or removes it.
    page.append(host);
    draw();
    tell('ready');
    if (options.mode === 'student' || isExpected(options.inbox)) whenIdle(() => withChat(() => undefined));
  };
  if (options.mode === 'student') return ready();
  const ask = `${server}/api/conversation-v2/support/user/widget?inbox_id=${encodeURIComponent(options.inbox)}`;
  fetch(ask, { headers: { 'X-Support-Token': options.token } }).then(
    async (response) => {
      const answer = (await response.json()) as { data?: InboxInfo; message?: string };
      info = answer.data ?? null;
      if (info || response.status >= 500) ready();
      else hideLauncher(`${answer.message ?? response.status} (in the console: Settings, Web sites)`);
    },
  ).catch(ready); // The server is away: the chat will say so, and wait.
}

function importChat(server: string): Promise<{ startChat: (frame: Frame) => Chat }> {
  return import(server + CHAT);
}

// Somebody who has written before, or had the chat open on the page before.
function isExpected(inbox: string): boolean {
  try {
    return Boolean(localStorage[`parlor.${inbox}.session`]) || sessionStorage[`parlor.${inbox}.open`] === 'yes';
  } catch {
    return false;
  }
}

function whenIdle(then: () => void): void {
  (window.requestIdleCallback ?? setTimeout)(then); // Safari has none
}

function say(text: string): void {
  console.warn(`Parlor: ${text}`);
}

function logo(): SVGElement {
  const make = (name: string, key: string, value: string, fill = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.setAttribute(key, value);
    element.setAttribute('fill', fill);
    return element;
  };
  const svg = make('svg', 'viewBox', '0 0 32 32');
  svg.append(
    make('path', 'd', 'M3 31V16a13 13 0 0 1 26 0v4a7 7 0 0 1-7 7H9z', '#fff'),
    make('path', 'd', 'M11 21v-5a5 5 0 0 1 10 0v5z', 'var(--petrol)'),
  );
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

const script = document.currentScript ?? document.querySelector('script[data-inbox][src],script[data-mode=student][src]');
if (script instanceof HTMLScriptElement && !window.Parlor?.open) start(script);
