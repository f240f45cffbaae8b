// A small grid of emoji: those that people use when they help others.
import { Popover } from '../shared/menu';
import { Icon } from './icons';
import { t } from './i18n';

const emoji = '🙂 😀 😄 😊 😉 😍 😅 😂 🤔 😕 😟 😢 😭 😡 🙏 👍 👎 👏 🙌 💪 👋 🤝 ✅ ❌ ⚠️ ❗ ❓ 💡 🎉 ❤️ ⭐ 🔥 📦 🚚 🛠️ 💳 📎 📷 ⏰ 📞'.split(' ');

export function EmojiMenu({ onChoose }: { onChoose: (emoji: string) => void }) {
  return (
    <Popover label={t('emoji')} side="above" role="dialog" panelClass="emoji-panel" button={<Icon name="smile" size={18} />}>
      {(close) => emoji.map((one) => <button type="button" key={one} class="emoji" onClick={() => { close(); onChoose(one); }}>{one}</button>)}
    </Popover>
  );
}
