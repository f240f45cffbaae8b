// A grid of emoji. Arrow keys move in it, Enter picks, Esc closes.
import { useEffect, useRef } from 'preact/hooks';
import css from './emoji.css';
import { t } from './i18n';
import { addStyles } from './styles';

addStyles(css);

const sets = [
  ['smileys', '😀 😃 😄 😁 😅 😂 🙂 🙃 😉 😊 😇 😍 🤩 😘 😋 😜 🤗 🤔 🤐 😐 🙄 😬 😌 😴 😷 🤒 😎 🤓 😕 😟 😮 😳 🥺 😢 😭 😱 😞 😓 😩 😤 😠 🥳'],
  ['gestures', '👍 👎 👌 ✌️ 🤞 👋 🙌 👏 🙏 💪 👉 👈 👆 👇 ✋ 🤝 🤷 🤦 🙋 👀'],
  ['hearts', '❤️ 🧡 💛 💚 💙 💜 🤍 💔 💯 ✨ ⭐ 🔥 🎉 🎁'],
  ['things', '📦 🚚 🛒 💳 🧾 🔑 🔒 📱 💻 🖥️ 🖨️ 📷 🔋 💡 🔧 📍 📅 ⏰ ✅ ❌ ⚠️ ❓ ❗ 🏠 ✈️ 🚗 ☀️ 🌧️ 🌙 ☕ 🍕 🌹 🐱 🐶'],
] as const;

const columns = 8;

export function EmojiGrid({ onPick, onClose }: { onPick: (emoji: string) => void; onClose: () => void }) {
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => grid.current?.querySelector('button')?.focus(), []);

  const pressed = (event: KeyboardEvent) => {
    const all = [...(grid.current?.querySelectorAll('button') ?? [])];
    const at = all.indexOf(event.target as HTMLButtonElement);
    const rtl = grid.current !== null && getComputedStyle(grid.current).direction === 'rtl';
    const steps: Record<string, number> = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, ArrowDown: columns, ArrowUp: -columns };
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  const left = (event: FocusEvent) => {
    if (!(event.currentTarget as Element).contains(event.relatedTarget as Node | null) && event.relatedTarget) onClose();
  };

  return (
    <div class="emoji" ref={grid} role="group" aria-label={t('emoji')} onKeyDown={pressed} onFocusOut={left}>
      {sets.map(([name, emoji]) => (
        <div key={name} role="group" aria-label={t(name)}>
          <h3>{t(name)}</h3>
          <div class="emoji-row">
            {emoji.split(' ').map((one) => <button type="button" key={one} onClick={() => onPick(one)}>{one}</button>)}
          </div>
        </div>
      ))}
    </div>
  );
}
