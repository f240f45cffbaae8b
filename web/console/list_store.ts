// The list of rooms, read in pages as it is scrolled and kept up to date by live events. At most 24 pages
// are kept, at most one reading of each page is under way; an answer to an older question is dropped.
import { batch, signal } from '@preact/signals';
import type { Api } from '../shared/api';
import type { NewMessageEvent } from '../shared/types';
import {
  afterMessage, afterReading, changeRow, findRow, firstQuestion, holdOrder, indexOf, nearestPages, pageSize, pagesOf,
  rowAt, toQuery, visibleRange, type Filters, type Pages, type Question, type Range,
} from './list_model';
import type { Order, RoomPage, RoomRow, View } from './model';

const mostPages = 24;
const countedViews: readonly View[] = ['mine', 'unassigned', 'all'];
const searchDelayMs = 200;
const refreshDelayMs = 150;
const refreshEveryMs = 1000; // at most, while events stream in
const countEveryMs = 3000;
const keptKey = 'parlor.console.list';

export class RoomList {
  readonly question = signal<Question>(keptQuestion());
  readonly pages = signal<Pages>(new Map());
  readonly total = signal(0);
  readonly counts = signal<Partial<Record<View, number>>>({});
  readonly loaded = signal(false);
  readonly searching = signal(false); // the search field is shown
  readonly selected = signal<ReadonlySet<string>>(new Set());
  // Where the list has to stand so that what is pointed at stays where it is.
  readonly shift = signal(0);

  private shown: Range = { from: 0, to: pageSize };
  private pointedAt: string | null = null;
  private asked = 0; // counts questions
  private readonly reading = new Set<number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private refreshedAt = 0;
  private countedAt = 0;
  private countTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly failed: (error: unknown) => void,
  ) {}

  ask(change: Partial<Question>): void {
    const before = this.question.value;
    const next = { ...before, ...change };
    this.question.value = next;
    try {
      localStorage.setItem(keptKey, JSON.stringify({ view: next.view, order: next.order }));
    } catch {
      // Forgotten with the page.
    }
    this.asked += 1;
    this.pointedAt = null; // a row that the new question does not find is not held
    this.reading.clear();
    batch(() => {
      this.selected.value = new Set();
      this.loaded.value = false;
      if (next.search === before.search) {
        this.pages.value = new Map();
        this.total.value = 0;
      }
    });
    this.shown = { from: 0, to: pageSize };
    this.countedAt = 0;
    this.later(next.search !== before.search && next.search !== '' ? searchDelayMs : 0);
  }

  setView = (view: View) => this.ask({ view });
  setOrder = (order: Order) => this.ask({ order });
  setFilters = (filters: Filters) => this.ask({ filters });
  setSearch = (search: string) => this.ask({ search });

  point(roomId: string | null): void {
    const left = this.pointedAt !== null && roomId === null;
    this.pointedAt = roomId;
    if (left) this.refreshSoon();
  }

  // What the window shows now: reads what of it is missing.
  show(scrollTop: number, height: number): void {
    this.shown = visibleRange(scrollTop, height, Math.max(this.total.value, 1));
    for (const page of pagesOf(this.shown)) {
      if (!this.pages.value.has(page)) void this.read(page);
    }
  }

  refreshSoon(): void {
    const wait = Math.max(refreshDelayMs, this.refreshedAt + refreshEveryMs - Date.now());
    if (this.timer === undefined) this.later(wait);
  }

  async refresh(): Promise<void> {
    this.refreshedAt = Date.now();
    const question = this.asked;
    const wanted = pagesOf(this.shown);
    const first = wanted[0] ?? 0;
    const answers = await Promise.all((wanted.length > 0 ? wanted : [0]).map((page) => this.fetch(page)));
    if (question !== this.asked) return;
    const fresh = answers.flatMap((answer) => answer.rooms);
    batch(() => {
      this.total.value = answers[0]?.pagination.total ?? 0;
      this.loaded.value = true;
      this.place(first, fresh);
    });
    // What changed right after a count is counted when its time has come.
    const wait = this.countedAt + countEveryMs - Date.now();
    if (wait <= 0) void this.count();
    else this.countTimer ??= setTimeout(() => void this.count(), wait);
  }

  row(roomId: string): RoomRow | undefined {
    return findRow(this.pages.value, roomId);
  }

  // The room before or after another in the list, of those that are loaded.
  beside(roomId: string | null, step: 1 | -1): RoomRow | undefined {
    const at = roomId ? indexOf(this.pages.value, roomId) : -1;
    return rowAt(this.pages.value, at < 0 ? 0 : at + step);
  }

  indexOf(roomId: string): number {
    return indexOf(this.pages.value, roomId);
  }

  change(roomId: string, change: (row: RoomRow) => RoomRow): void {
    this.pages.value = changeRow(this.pages.value, roomId, change);
  }

  messageArrived(event: NewMessageEvent, seen: boolean): void {
    const roomId = event.message.room_id ?? '';
    this.change(roomId, (row) => afterMessage(row, event, seen));
    this.refreshSoon();
  }

  markRead(roomId: string): void {
    this.change(roomId, afterReading);
  }

  toggle(roomId: string): void {
    const next = new Set(this.selected.value);
    if (!next.delete(roomId) && next.size < 100) next.add(roomId);
    this.selected.value = next;
  }

  // From the last one that was chosen to this one.
  extend(roomId: string): void {
    const last = [...this.selected.value].pop();
    const from = last ? this.indexOf(last) : -1;
    const to = this.indexOf(roomId);
    if (from < 0 || to < 0) return this.toggle(roomId);
    const next = new Set(this.selected.value);
    for (let index = Math.min(from, to); index <= Math.max(from, to) && next.size < 100; index += 1) {
      const row = rowAt(this.pages.value, index);
      if (row) next.add(row._id);
    }
    this.selected.value = next;
  }

  clearSelection(): void {
    if (this.selected.value.size > 0) this.selected.value = new Set();
  }

  private later(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.refresh().catch(this.failed);
    }, delayMs);
  }

  // Pages that were not read again may have moved: they are read when they are shown.
  private place(first: number, fresh: RoomRow[]): void {
    const start = first * pageSize;
    const shown: RoomRow[] = [];
    for (let index = start; index < start + Math.max(fresh.length, pageSize); index += 1) {
      const row = rowAt(this.pages.value, index);
      if (row) shown.push(row);
    }
    const rows = this.pointedAt ? holdOrder(shown, fresh, this.pointedAt) : fresh;
    if (this.pointedAt) {
      const before = shown.findIndex((row) => row._id === this.pointedAt);
      const after = rows.findIndex((row) => row._id === this.pointedAt);
      if (before >= 0 && after !== before) this.shift.value += after - before;
    }
    const pages = new Map<number, readonly RoomRow[]>();
    for (let at = 0; at < rows.length || at === 0; at += pageSize) {
      pages.set(first + at / pageSize, rows.slice(at, at + pageSize));
    }
    this.pages.value = pages;
    this.total.value = Math.max(this.total.value, start + rows.length);
  }

  private async read(page: number): Promise<void> {
    if (this.reading.has(page) || !this.loaded.value) return;
    this.reading.add(page);
    const question = this.asked;
    try {
      await new Promise((resolve) => setTimeout(resolve, 40)); // scrolled past meanwhile?
      if (question !== this.asked || !pagesOf(this.shown).includes(page)) return;
      const answer = await this.fetch(page);
      if (question !== this.asked) return;
      const pages = new Map(this.pages.value).set(page, answer.rooms);
      batch(() => {
        this.pages.value = nearestPages(pages, this.shown, mostPages);
        this.total.value = answer.pagination.total;
      });
    } catch (error) {
      this.failed(error);
    } finally {
      this.reading.delete(page);
    }
  }

  private async count(): Promise<void> {
    clearTimeout(this.countTimer);
    this.countTimer = undefined;
    this.countedAt = Date.now();
    const question = this.question.value;
    if (question.search) return;
    try {
      const totals = await Promise.all(countedViews.map((view) =>
        this.api.get<RoomPage>('/room', toQuery({ ...question, view }, 1, 1))));
      if (question !== this.question.value) return;
      this.counts.value = Object.fromEntries(
        countedViews.map((view, at) => [view, totals[at]?.pagination.total ?? 0]));
    } catch {
      // The next refresh counts again.
    }
  }

  private fetch(page: number): Promise<RoomPage> {
    return this.api.get<RoomPage>('/room', toQuery(this.question.value, page + 1, pageSize));
  }
}

function keptQuestion(): Question {
  try {
    const kept = JSON.parse(localStorage.getItem(keptKey) ?? '{}') as Partial<Question>;
    return { ...firstQuestion, ...(kept.view ? { view: kept.view } : {}), ...(kept.order ? { order: kept.order } : {}) };
  } catch {
    return firstQuestion;
  }
}
