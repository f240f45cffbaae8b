// What tells an agent who looks elsewhere: a notification, a sound, a number in the title. What is wanted is
// kept on this computer.
import { signal } from '@preact/signals';

const key = 'parlor.console.notify';

export interface Wanted {
  notifications: boolean;
  sound: boolean;
  letters: boolean; // the single-letter keys
}

const first: Wanted = { notifications: false, sound: true, letters: true };

function kept(): Wanted {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Wanted>) };
  } catch {
    return first;
  }
}

export const wanted = signal<Wanted>(kept());

export function want(change: Partial<Wanted>): void {
  wanted.value = { ...wanted.value, ...change };
  localStorage.setItem(key, JSON.stringify(wanted.value));
}

export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  const allowed = (await Notification.requestPermission()) === 'granted';
  want({ notifications: allowed });
  return allowed;
}

let audio: AudioContext | undefined;
let playedAt = 0;

// Two soft tones, at most every two seconds.
export function chime(): void {
  if (!wanted.value.sound || Date.now() - playedAt < 2000 || !('AudioContext' in window)) return;
  playedAt = Date.now();
  audio ??= new AudioContext();
  if (audio.state !== 'running') return void audio.resume().catch(() => undefined);
  for (const [at, frequency] of [[0, 660], [0.12, 880]] as const) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.08, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + at + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.26);
  }
}

export function announce(title: string, body: string, roomId: string): void {
  chime();
  if (!wanted.value.notifications || document.visibilityState === 'visible') return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(title, { body: body.slice(0, 140), tag: roomId });
  shown.onclick = () => {
    window.focus();
    location.hash = `room=${roomId}`;
    shown.close();
  };
}
