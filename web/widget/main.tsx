import './widget.css';
import { render } from 'preact';
import { startLanguage } from '../shared/i18n';
import { ChatPanel } from './panel';
import { Shop } from './shop';
import { VisitorStore } from './store';

startLanguage();
const store = new VisitorStore();
const keptOpen = sessionStorage.getItem('parlor.visitor.open');
store.open.value = keptOpen === null ? matchMedia('(min-width: 900px)').matches : keptOpen === 'yes';

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void store.refresh().catch(() => undefined);
});

const root = document.getElementById('app');
if (root) render(<><Shop /><ChatPanel store={store} /></>, root);
void store.start();
