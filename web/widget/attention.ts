// A sound and a notice in the title, when a message comes that nobody is looking at.
import { plural } from './i18n';
import type { Frame } from './interface';
import type { ChatStore } from './store';

let shownTitle = '';
let pageTitle = '';
let lastSoundAt = 0;
const quietMs = 2000;

export function attract(frame: Frame, store: ChatStore): void {
  const unseen = document.visibilityState !== 'visible';
  if (frame.options.sound && (unseen || !store.open.value)) chime();
  if (!unseen) return;
  if (document.title !== shownTitle) pageTitle = document.title;
  shownTitle = document.title = `(${store.unread.value}) ${plural('newMessages', store.unread.value)}`;
  document.addEventListener('visibilitychange', restore);
}

function restore(): void {
  if (document.visibilityState !== 'visible') return;
  document.removeEventListener('visibilitychange', restore);
  if (document.title === shownTitle) document.title = pageTitle;
}

// Two soft notes. A browser that has not been touched yet keeps silent, which is right.
function chime(): void {
  if (Date.now() - lastSoundAt < quietMs || navigator.userActivation?.hasBeenActive === false) return;
  lastSoundAt = Date.now();
  const audio = new AudioContext();
  for (const [index, frequency] of [660, 880].entries()) {
    const from = audio.currentTime + index * 0.12;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.08, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.32);
  }
  setTimeout(() => void audio.close(), 800);
}
