import './console.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { lazy } from '../shared/lazy';
import { startLanguage } from '../shared/i18n';
import { focusComposer } from './composer';
import { ConversationView } from './conversation';
import { isTyping, actionOf } from './keys';
import { KeySheet } from './key_sheet';
import { ListView } from './list_view';
import { forgetLogin, keptLogin, type Login } from './login';
import { wanted } from './notifier';
import { ToastView } from './parts';
import { PeopleView } from './people';
import { Rail } from './rail';
import { assignOpen, snoozeOpen } from './room_menus';
import { parseRoute, type Route } from './route';
import { Invitation, SignIn } from './sign_in';
import { ConsoleStore } from './store';
import { Viewer } from './viewer';

startLanguage();
const store = signal<ConsoleStore | null>(null);
const route = signal<Route>(parseRoute(location.hash));
const keysShown = signal(false);

const Dashboard = lazy(() => import('./dashboard').then((module) => module.DashboardView));
const Settings = lazy(() => import('./settings').then((module) => module.SettingsView));
const FirstRun = lazy(() => import('./first_run').then((module) => module.FirstRunView));

function enter(login: Login): void {
  store.value?.stop();
  const made = new ConsoleStore(login, signOut);
  store.value = made;
  if (route.value.place === 'invitation') history.replaceState(null, '', location.pathname + location.search);
  route.value = parseRoute(location.hash);
  void made.start();
  openFromAddress();
}

function signOut(): void {
  store.value?.stop();
  store.value = null;
  forgetLogin();
  history.replaceState(null, '', location.pathname + location.search);
  route.value = parseRoute('');
}

// Where one is stands in the address: so the browser's Back leads from a conversation to the list.
function openFromAddress(): void {
  route.value = parseRoute(location.hash);
  const { room, place } = route.value;
  if (store.value && place === 'inbox' && store.value.room.id.value !== room) void store.value.open(room);
}
window.addEventListener('hashchange', openFromAddress);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') store.value?.room.seen();
});

function act(signedIn: ConsoleStore, action: NonNullable<ReturnType<typeof actionOf>>): void {
  const roomId = signedIn.room.id.value;
  if (action === 'keys') keysShown.value = true;
  if (action === 'search') {
    if (route.value.place !== 'inbox') location.hash = '';
    signedIn.list.searching.value = false;
    signedIn.list.searching.value = true;
  }
  if (action === 'next' || action === 'previous') {
    const row = signedIn.list.beside(roomId, action === 'next' ? 1 : -1);
    if (row) location.hash = `room=${row._id}`;
  }
  if (!roomId || route.value.place !== 'inbox') return;
  if (action === 'reply' || action === 'note') {
    signedIn.setMode(action === 'note' ? 'note' : 'text');
    focusComposer.value += 1;
  }
  if (action === 'assign') assignOpen.value = true;
  if (action === 'snooze') snoozeOpen.value = true;
  const status = signedIn.room.detail.value?.status;
  if (action === 'close' && status && status !== 'closed') void signedIn.setStatus(roomId, 'closed');
}

window.addEventListener('keydown', (event) => {
  if (!store.value || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  const { key, code, ctrlKey, metaKey, altKey, isComposing } = event;
  if (key === 'Escape' && !isTyping(event.target) && !document.querySelector('.popover')) store.value.list.clearSelection();
  const action = actionOf({ key, code, ctrlKey, metaKey, altKey, isComposing, typing: isTyping(event.target) }, wanted.value.letters);
  if (!action) return;
  event.preventDefault();
  act(store.value, action);
});

function App() {
  const signedIn = store.value;
  if (route.value.place === 'invitation') return <Invitation token={route.value.parts[0] ?? ''} onSignedIn={enter} />;
  if (!signedIn) return <SignIn onSignedIn={enter} />;
  const { place } = route.value;
  const hasRoom = place === 'inbox' && signedIn.room.id.value !== null;
  return (
    <>
      <div class={`console at-${place}${hasRoom ? ' has-room' : ''}`}>
        <Rail store={signedIn} route={route.value} onKeys={() => { keysShown.value = true; }} onSignOut={signOut} />
        {place === 'inbox' && <ListView store={signedIn} />}
        {place === 'inbox' && (hasRoom ? <ConversationView store={signedIn} /> : (
          <FirstRun store={signedIn} otherwise={<ConversationView store={signedIn} />} />
        ))}
        {place === 'people' && <PeopleView store={signedIn} />}
        {place === 'dashboard' && <Dashboard store={signedIn} />}
        {place === 'settings' && <Settings store={signedIn} parts={route.value.parts} />}
      </div>
      <Viewer />
      {keysShown.value && <KeySheet onClose={() => { keysShown.value = false; }} />}
      <ToastView />
    </>
  );
}

const login = keptLogin();
if (login && route.value.place !== 'invitation') enter(login);
const root = document.getElementById('app');
if (root) render(<App />, root);
