// A visitor's conversations, when there are several: the way to each, and to a new one.
import { listTime } from '../shared/days';
import { Icon } from './icons';
import { language, plural, t } from './i18n';
import css from './rooms.css';
import type { ChatStore } from './store';
import { addStyles } from './styles';

addStyles(css);

export function Rooms({ store }: { store: ChatStore }) {
  return (
    <div class="rooms">
      <ul>
        {store.rooms.value.map((room) => (
          <li key={room.id}>
            <button type="button" aria-current={room.id === store.room.value?.id} onClick={() => store.choose(room.id)}>
              <span class="room-top">
                <b dir="auto">{room.subject}</b>
                <time dateTime={new Date(room.at).toISOString()}>{listTime(room.at, language.value, Date.now())}</time>
              </span>
              <span class="room-top">
                <span class="preview" dir="auto">{room.status === 'closed' && <Icon name="check" size={14} />}{room.preview.slice(0, 200) || t('file')}</span>
                {room.unread > 0 && <em aria-label={plural('unread', room.unread)}>{room.unread}</em>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="new-room" onClick={() => store.choose(null)}>{t('newConversation')}</button>
    </div>
  );
}
