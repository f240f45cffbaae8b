// The list beside the conversation: which rooms, filtered how, kept up to date by events.
import { signal } from '@preact/signals';
import { Api } from '../shared/api';
import type { NewMessageEvent } from '../shared/types';
import { afterMessage, afterReading, appendPage, mergePage, type RoomRow } from './rooms';

export type Tab = 'open' | 'closed' | 'all';

interface RoomPage {
  rooms: RoomRow[];
  pagination: { page: number; limit: number; total: number };
}

const pageSize = 20;
const largestPage = 100;
const typingPauseMs = 250;

export class RoomList {
  readonly rows = signal<readonly RoomRow[]>([]);
  readonly total = signal(0);
  readonly loaded = signal(false);
  readonly tab = signal<Tab>('open');
  readonly search = signal('');
  private pages = 1;
  private asked = 0; // an answer to an older question is thrown away
  private refreshTimer: ReturnType<typeof setTimeout> | undefined;
  private loadingMore = false;

  constructor(
    private readonly api: Api,
    private readonly failed: (error: unknown) => void,
  ) {}

  setTab(tab: Tab): void {
    this.tab.value = tab;
    this.startOver();
  }

  setSearch(text: string): void {
    this.search.value = text;
    this.pages = 1;
    this.refreshSoon(typingPauseMs);
  }

  refreshSoon(afterMs = 120): void {
    clearTimeout(this.refreshTimer);
    this.refreshTimer = setTimeout(() => void this.refresh().catch((error: unknown) => this.failed(error)), afterMs);
  }

  async refresh(): Promise<void> {
    const question = ++this.asked;
    const answer = await this.page(1, Math.min(largestPage, this.pages * pageSize));
    if (question !== this.asked) return;
    this.rows.value = this.pages === 1 ? answer.rooms : mergePage(this.rows.value, answer.rooms, answer.pagination.total);
    this.total.value = answer.pagination.total;
    this.loaded.value = true;
  }

  async loadMore(): Promise<void> {
    if (this.loadingMore || this.rows.value.length >= this.total.value) return;
    this.loadingMore = true;
    const question = this.asked;
    try {
      const answer = await this.page(this.pages + 1, pageSize);
      if (question !== this.asked) return;
      this.pages += 1;
      this.rows.value = appendPage(this.rows.value, answer.rooms);
    } catch (error) {
      this.failed(error);
    } finally {
      this.loadingMore = false;
    }
  }

  messageArrived(event: NewMessageEvent, seen: boolean): void {
    if (this.search.value !== '') return this.refreshSoon();
    const rows = afterMessage(this.rows.value, event, seen);
    if (rows) this.rows.value = rows;
    else this.refreshSoon();
  }

  read(roomId: string): void {
    this.rows.value = afterReading(this.rows.value, roomId);
  }

  private startOver(): void {
    this.pages = 1;
    this.rows.value = [];
    this.loaded.value = false;
    this.refreshSoon(0);
  }

  private page(page: number, limit: number): Promise<RoomPage> {
    const tab = this.tab.value;
    const search = this.search.value.trim();
    return this.api.get<RoomPage>('/room', {
      page, limit, search: search || undefined, 'filter[status]': tab === 'all' ? undefined : tab,
    });
  }
}
