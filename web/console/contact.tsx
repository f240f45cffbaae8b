// Who the conversation is with: what is known of them, tags and notes, earlier conversations.
import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { MenuItem, Popover } from '../shared/menu';
import { contactShown } from './conversation';
import { Icon } from './icons';
import { locale, plural, t } from './i18n';
import { nobody, type ContactRoom, type RoomDetail } from './model';
import { OrderSection } from './order';
import type { Device } from './room_store';
import { Face, firstName, Inbox, nameOf, Origin, statusKeys } from './parts';
import type { ConsoleStore } from './store';

const dayOf = (time: string) => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(Date.parse(time));
const monthOf = (time: string) => new Intl.DateTimeFormat(locale(), { month: 'long', year: 'numeric' }).format(Date.parse(time));
const shortDay = (time: string) => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' }).format(Date.parse(time));
const moment = (time: string) => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.parse(time));

const newestOf = (devices: readonly Device[]): Device | undefined =>
  devices.reduce<Device | undefined>((newest, device) => (newest && newest.last_activity >= device.last_activity ? newest : device), undefined);

// "11:26", "Amman": what clocks show there. Nothing for a zone that this browser does not know.
function timeIn(timeZone: string, now: number): { time: string; place: string } | undefined {
  try {
    const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(now);
    return { time, place: timeZone.includes('/') ? timeZone.split('/').pop()!.replaceAll('_', ' ') : '' };
  } catch {
    return undefined;
  }
}

function pathWords(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function languageName(tag: string): string | undefined {
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(tag.split('-')[0] ?? tag);
  } catch {
    return undefined;
  }
}

export function ContactPanel({ store }: { store: ConsoleStore }) {
  const { room } = store;
  const detail = room.detail.value;
  if (!detail) return <aside class="contact" aria-label={t('contact')} />;
  const contact = room.contact.value;
  const { name, email, phone } = { ...detail.contact, ...contact };
  const newest = newestOf(room.devices.value);
  const verified = room.devices.value.some((device) => device.verified);
  const localTime = newest?.timezone ? timeIn(newest.timezone, store.now.value) : undefined;
  const spoken = newest?.language ? languageName(newest.language) : undefined;
  return (
    <aside class="contact" aria-label={t('contact')}>
      <div class="contact-head">
        <Face name={name || email || ''} id={detail._id} size={44} />
        <div class="contact-name">
          <h2><bdi>{nameOf({ name: name ?? '', email: email ?? '' })}</bdi></h2>
          {email && <p><bdi dir="ltr">{email}</bdi></p>}
        </div>
        <ContactMenu store={store} detail={detail} />
      </div>
      <section>
        <h3>{t('details')}</h3>
        <dl>
          {phone && <><dt>{t('phone')}</dt><dd><bdi dir="ltr">{phone}</bdi></dd></>}
          {contact?.identifier && <><dt>{t('identifier')}</dt><dd><bdi dir="ltr">{contact.identifier}</bdi>{verified && <span class="chip ok"><Icon name="check" size={12} />{t('verified')}</span>}</dd></>}
          {localTime && <><dt>{t('localTime')}</dt><dd><span><time>{localTime.time}</time>{localTime.place && <>{t('comma')}<bdi>{localTime.place}</bdi></>}</span></dd></>}
          {newest?.page && <><dt>{t('page')}</dt><dd><bdi dir="ltr">{pathWords(newest.page)}</bdi></dd></>}
          {spoken && <><dt>{t('language')}</dt><dd>{spoken}</dd></>}
          {contact && <><dt>{t('customer')}</dt><dd>{t('since', { name: monthOf(contact.created_at) })}</dd></>}
          {newest && <><dt>{t('lastSeen')}</dt><dd>{moment(newest.last_activity)}</dd></>}
          <dt>{t('started')}</dt><dd>{moment(detail.created_at)}</dd>
          <dt>{t('inbox')}</dt><dd class="dd-inbox"><Inbox channel={store.team.channel(detail.inbox_id)} name={detail.inbox.name} /></dd>
        </dl>
      </section>
      {detail.order && <OrderSection order={detail.order} />}
      <Tags store={store} detail={detail} />
      <Notes key={detail._id} store={store} detail={detail} />
      <Earlier store={store} />
    </aside>
  );
}

function ContactMenu({ store, detail }: { store: ConsoleStore; detail: RoomDetail }) {
  const [asking, setAsking] = useState(false);
  const blocked = store.room.contact.value?.blocked ?? false;
  const set = (value: boolean) => {
    setAsking(false);
    void store.change(async () => {
      await store.api.send('PATCH', `/contact/${detail.contact._id}`, { blocked: value });
      await store.room.loadPerson(detail._id);
    });
  };
  return (
    <>
      <button type="button" class="icon-button contact-close" aria-label={t('hideContact')} onClick={() => { contactShown.value = false; }}><Icon name="close" size={18} /></button>
      <Popover label={t('contactMenu')} align="end" button={<Icon name="more" size={20} />}>
        {(close) => (blocked
          ? <MenuItem icon={<Icon name="check" size={17} />} onChoose={() => { close(); set(false); }}>{t('unblock')}</MenuItem>
          : <MenuItem danger icon={<Icon name="close" size={17} />} onChoose={() => { close(); setAsking(true); }}>{t('block')}</MenuItem>)}
      </Popover>
      {asking && (
        <Dialog title={t('blockAsk', { name: nameOf(detail.contact) })} onClose={() => setAsking(false)}>
          <h2>{t('blockAsk', { name: nameOf(detail.contact) })}</h2>
          <p>{t('blockMore')}</p>
          <div class="dialog-foot">
            <button type="button" class="button" onClick={() => setAsking(false)}>{t('cancel')}</button>
            <button type="button" class="danger-button" onClick={() => set(true)}>{t('block')}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Tags({ store, detail }: { store: ConsoleStore; detail: RoomDetail }) {
  const [adding, setAdding] = useState(false);
  const [text, setText] = useState('');
  const lost = store.room.lostTo.value !== null;
  const set = (tags: string[]) => void store.setRoom(detail._id, { tags });
  const add = () => {
    const tag = text.trim();
    setText('');
    if (tag && !detail.tags.includes(tag)) set([...detail.tags, tag]);
  };
  return (
    <section>
      <h3>{t('tags')}</h3>
      <div class="tags">
        {detail.tags.map((tag) => (
          <span class="chip tag" key={tag}><bdi>{tag}</bdi>{!lost && <button type="button" aria-label={t('removeTag', { name: tag })} onClick={() => set(detail.tags.filter((one) => one !== tag))}><Icon name="close" size={11} /></button>}</span>
        ))}
        {adding ? (
          <form onSubmit={(event) => { event.preventDefault(); add(); }}>
            <input
              class="input tag-input" dir="auto" autofocus ref={(element) => element?.focus()} value={text} maxLength={50} aria-label={t('addTag')} placeholder={t('addTag')}
              onInput={(event) => setText(event.currentTarget.value)} onBlur={() => { add(); setAdding(false); }}
              onKeyDown={(event) => { if (event.key === 'Escape') { setText(''); setAdding(false); } }}
            />
          </form>
        ) : (
          !lost && <button type="button" class="add-tag" title={t('addTag')} onClick={() => setAdding(true)}><Icon name="plus" size={14} />{t('add')}<span class="hidden">: {t('tags')}</span></button>
        )}
      </div>
    </section>
  );
}

// What the team keeps in mind; saved when one leaves the field.
function Notes({ store, detail }: { store: ConsoleStore; detail: RoomDetail }) {
  const [text, setText] = useState(detail.notes);
  useEffect(() => setText(detail.notes), [detail.notes]);
  const save = () => {
    if (text !== detail.notes) void store.setRoom(detail._id, { notes: text });
  };
  return (
    <section>
      <h3>{t('notes')}</h3>
      <textarea
        class="area contact-notes" dir="auto" rows={2} maxLength={10_000} value={text} placeholder={t('notesHint')} aria-label={t('notes')}
        onInput={(event) => setText(event.currentTarget.value)} onBlur={save}
      />
    </section>
  );
}

function Earlier({ store }: { store: ConsoleStore }) {
  const [all, setAll] = useState(false);
  const { rooms, total } = store.room.earlier.value;
  if (total === 0) return null;
  const shown = all ? rooms : rooms.slice(0, 3);
  return (
    <section>
      <div class="section-head">
        <h3>{t('earlier')}</h3>
        {!all && total > 3 && <button type="button" class="text-button" onClick={() => setAll(true)}>{plural('allEarlier', total)}</button>}
      </div>
      <ul class="earlier">
        {shown.map((room) => <li key={room._id}>{room.may_enter ? <a href={`#room=${room._id}`}><EarlierRoom room={room} store={store} /></a> : <span class="shut"><EarlierRoom room={room} store={store} /></span>}</li>)}
      </ul>
    </section>
  );
}

function endOf(room: ContactRoom, store: ConsoleStore): string {
  if (room.closed_by === nobody) return t('solvedByBot');
  const name = store.team.name(room.closed_by ?? '');
  return name ? t('closedByName', { name: `\u2068${firstName(name)}\u2069` }) : t(statusKeys[room.status]);
}

function EarlierRoom({ room, store }: { room: ContactRoom; store: ConsoleStore }) {
  return (
    <>
      {room.closed_by === nobody ? <span class="origin"><Icon name="bot" size={14} /></span> : <Origin channel={store.team.channel(room.inbox._id)} />}
      <span class="earlier-words">
        <bdi dir="auto">{room.subject || room.last_message?.content.slice(0, 160) || t('conversation')}</bdi>
        <small>{endOf(room, store)} · {shortDay(room.closed_at ?? room.created_at)}</small>
      </span>
    </>
  );
}

export { dayOf, moment };
