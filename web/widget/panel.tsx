// The open chat: what it is called, whether somebody is there, the conversation; and the note beside the closed
// launcher that quotes what came in.
import { useEffect, useRef } from 'preact/hooks';
import { initials, tone } from '../shared/format';
import { Conversation } from './conversation';
import { availability, type Availability } from './hours';
import { Icon } from './icons';
import type { Frame } from './interface';
import { t } from './i18n';
import { lazy } from '../shared/lazy';
import type { ChatStore } from './store';

const Rooms = lazy(async () => (await import('./rooms')).Rooms);
const fullScreen = matchMedia('(max-width: 639px)');

export function Panel({ store, frame, onClose }: { store: ChatStore; frame: Frame; onClose: () => void }) {
  const panel = useRef<HTMLElement>(null);
  const title = titleOf(store, frame);
  useVisibleHeight(panel);
  useEffect(() => {
    // The launcher is covered; the field would bring up the keyboard.
    if (fullScreen.matches) panel.current?.focus();
  }, []);
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) onClose();
    if (event.key === 'Tab' && fullScreen.matches && panel.current) keepFocus(event, panel.current, frame.shadow);
  };
  const phase = store.phase.value;
  return (
    <section class="panel" ref={panel} role="dialog" tabIndex={-1} aria-label={title} aria-modal={fullScreen.matches} onKeyDown={pressed}>
      <div class="head">
        <svg class="arches" viewBox="0 0 92 48" aria-hidden="true">
          <path d="M0 48V33a19 19 0 0 1 38 0v15zM33 48V29a29 29 0 0 1 58 0v19z" />
        </svg>
        {store.rooms.value.length > 1 && !store.listing.value ? (
          <button type="button" class="round" aria-label={t('back')} onClick={() => store.showRooms()}><Icon name="back" size={20} mirror /></button>
        ) : (
          <TeamFaces store={store} />
        )}
        <div class="title">
          <h2><bdi>{store.listing.value ? t('conversations') : title}</bdi></h2>
          {!store.listing.value && <Subtitle store={store} />}
        </div>
        <button type="button" class="round" aria-label={t('closeChat')} onClick={onClose}><Icon name="close" size={20} /></button>
      </div>
      {phase === 'refused' ? (
        <Unavailable why={t(frame.options.mode === 'student' ? 'signInFirst' : 'refused')} />
      ) : phase === 'away' ? (
        <Unavailable why={t('unavailableMore')} />
      ) : store.listing.value ? (
        <Rooms store={store} />
      ) : (
        <Conversation store={store} frame={frame} />
      )}
    </section>
  );
}

export function titleOf(store: ChatStore, frame: Frame): string {
  return frame.options.title || store.info.value?.inbox.name || t('support');
}

function TeamFaces({ store }: { store: ChatStore }) {
  const names = store.listing.value ? [] : [...store.names.value.values()].slice(-2);
  return (
    <span class="faces" aria-hidden="true">
      {names.length === 0 ? <i class="arch-face" /> : names.map((name) => <i class={`tone-${tone(name)}`}>{initials(name).slice(0, 1)}</i>)}
    </span>
  );
}

function Subtitle({ store }: { store: ChatStore }) {
  const { here, text } = whoAnswers(store);
  return <p><i class={here ? 'dot' : 'dot hollow'} />{text}</p>;
}

function whoAnswers(store: ChatStore): Availability {
  if (store.hasSession.value && store.live.state.value !== 'online' && store.loaded.value) return { here: false, text: t('reconnecting') };
  const status = store.room.value?.status;
  if (status === 'waiting') return { here: true, text: t('personNext') };
  if (status === 'resolved') return { here: true, text: t('solved') };
  if (status === 'pending') return { here: true, text: t('botFirst') };
  if (store.isStudent) return { here: true, text: t(status === 'open' ? 'personHere' : 'botFirst') };
  return availability(store.info.value, Date.now());
}

function Unavailable({ why }: { why: string }) {
  return (
    <div class="empty">
      <EmptyPicture />
      <h3>{t('unavailable')}</h3>
      <p>{why}</p>
    </div>
  );
}

export function EmptyPicture() {
  return (
    <svg class="picture" viewBox="0 0 116 88" aria-hidden="true">
      <path class="a" d="M16 84V42a38 38 0 0 1 76 0v42z" />
      <path class="b" d="M30 84V46a24 24 0 0 1 48 0v38z" />
      <path class="c" d="M41 84V66a13 13 0 0 1 26 0v3a8 8 0 0 1-8 8H47z" />
      <path class="b" d="M49 70v-4a5 5 0 0 1 10 0v4z" />
      <circle cx="99" cy="16" r="8" />
      <path class="d" d="M2 84h112" />
    </svg>
  );
}

export function Teaser({ store, frame, onOpen }: { store: ChatStore; frame: Frame; onOpen: () => void }) {
  const message = store.arrived.value;
  if (!message) return null;
  const name = store.names.value.get(message.authorId);
  return (
    <button type="button" class="teaser" onClick={onOpen}>
      <Face name={name ?? titleOf(store, frame)} bot={message.app === 'bot'} />
      <span>
        <small><bdi>{name ? t('byline', { name: `\u2068${name.split(' ')[0]}\u2069`, title: titleOf(store, frame) }) : titleOf(store, frame)}</bdi></small>
        <span dir="auto">{message.content.slice(0, 200) || message.attachments[0]?.name || t('file')}</span>
      </span>
    </button>
  );
}

export function Face({ name, bot }: { name: string; bot: boolean }) {
  if (bot) return <i class="face bot-face" aria-hidden="true" />;
  return <i class={`face tone-${tone(name)}`} aria-hidden="true">{initials(name)}</i>;
}

// On a small screen the keyboard takes half of it: the panel is as high as what can be seen.
function useVisibleHeight(panel: { current: HTMLElement | null }): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return undefined;
    const fit = () => {
      panel.current?.style.setProperty('--seen', `${view.height}px`);
      panel.current?.style.setProperty('--above', `${view.offsetTop}px`);
    };
    fit();
    view.addEventListener('resize', fit);
    view.addEventListener('scroll', fit);
    return () => {
      view.removeEventListener('resize', fit);
      view.removeEventListener('scroll', fit);
    };
  }, []);
}

function keepFocus(event: KeyboardEvent, panel: HTMLElement, shadow: ShadowRoot): void {
  const stops = [...panel.querySelectorAll<HTMLElement>('button,a,input:not([type=file]),textarea,[tabindex="0"]')]
    .filter((element) => !element.matches(':disabled') && element.offsetParent !== null);
  const [first, last] = [stops[0], stops[stops.length - 1]];
  const at = shadow.activeElement;
  const leaves = event.shiftKey ? at === first || at === panel : at === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
