// The chat itself, loaded by the loader when it is needed: draws the panel into the loader's shadow root.
import { effect } from '@preact/signals';
import { render } from 'preact';
import type { Chat, Frame } from './interface';
import { language, setLanguage } from './i18n';
import { Panel, Teaser } from './panel';
import type { ChatStore } from './store';
import { addStyles, styleIn } from './styles';
import { VisitorStore } from './visitor';
import css from './widget.css';

export async function startChat(frame: Frame): Promise<Chat> {
  const [store] = await Promise.all([makeStore(frame), setLanguage(frame.locale())]);
  styleIn(frame.shadow);
  addStyles(css);
  const place = document.createElement('div');
  frame.root.append(place);

  const keptOpen = `parlor.${frame.options.inbox}.open`;
  const stops = [
    effect(() => frame.showUnread(store.unread.value)),
    effect(() => frame.opened(store.open.value)),
    effect(() => {
      if (store.arrived.value) void import('./attention').then((it) => it.attract(frame, store), () => undefined);
    }),
    effect(() => {
      frame.root.lang = language.value;
      frame.root.dir = language.value === 'ar' ? 'rtl' : 'ltr';
    }),
  ];
  const setOpen = (open: boolean) => {
    store.setOpen(open);
    keep(keptOpen, open);
  };
  // Somebody who goes on to the next page goes on with the conversation; a full screen is not taken from them.
  if (isKept(keptOpen) && matchMedia('(min-width: 640px)').matches) store.setOpen(true);
  render(<Widget store={store} frame={frame} setOpen={setOpen} />, place);
  void store.start();
  return {
    setOpen,
    identify: (who) => void store.identify(who).catch((error) => console.warn(`Parlor: ${error}`)),
    logout: () => void store.logout(),
    localeChanged: () => void setLanguage(frame.locale()).catch(() => undefined),
    destroy: () => {
      for (const stop of stops) stop();
      store.destroy();
      render(null, place);
    },
  };
}

async function makeStore(frame: Frame): Promise<ChatStore> {
  if (frame.options.mode === 'visitor') return new VisitorStore(frame);
  return (await import('./student')).StudentStore.open(frame);
}

function Widget({ store, frame, setOpen }: { store: ChatStore; frame: Frame; setOpen: (open: boolean) => void }) {
  if (store.open.value) return <Panel store={store} frame={frame} onClose={() => setOpen(false)} />;
  return store.unread.value > 0 && store.arrived.value ? <Teaser store={store} frame={frame} onOpen={() => setOpen(true)} /> : null;
}

function keep(key: string, open: boolean): void {
  try {
    sessionStorage.setItem(key, open ? 'yes' : 'no');
  } catch {
    // Then the next page begins with the chat closed.
  }
}

function isKept(key: string): boolean {
  try {
    return sessionStorage.getItem(key) === 'yes';
  } catch {
    return false;
  }
}
