import './console.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { startLanguage } from '../shared/i18n';
import { ConversationView } from './conversation';
import { forgetLogin, keptLogin, type Login } from './login';
import { Rail } from './rail';
import { RoomListView } from './room_list';
import { SignIn } from './sign_in';
import { ConsoleStore } from './store';

startLanguage();
const store = signal<ConsoleStore | null>(null);

function enter(login: Login): void {
  const made = new ConsoleStore(login, signOut);
  store.value = made;
  void made.start();
  openFromAddress();
}

function signOut(): void {
  store.value?.live.close();
  store.value = null;
  forgetLogin();
  history.replaceState(null, '', location.pathname + location.search);
}

// The open room is in the address: so the browser's Back leads from a conversation to the list.
function openFromAddress(): void {
  const roomId = /^#room=([0-9a-f]{24})$/.exec(location.hash)?.[1] ?? null;
  if (store.value && store.value.openId.value !== roomId) void store.value.openRoom(roomId);
}
window.addEventListener('hashchange', openFromAddress);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') store.value?.seen();
});

function App() {
  const signedIn = store.value;
  if (!signedIn) return <SignIn onSignedIn={enter} />;
  return (
    <div class={`console${signedIn.openId.value ? ' has-room' : ''}`}>
      <Rail store={signedIn} onSignOut={signOut} />
      <RoomListView store={signedIn} />
      <ConversationView store={signedIn} />
    </div>
  );
}

const login = keptLogin();
if (login) enter(login);
const root = document.getElementById('app');
if (root) render(<App />, root);
