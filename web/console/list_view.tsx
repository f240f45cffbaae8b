// The list of conversations: views, filters, search, and rows of one height of which only those in view are
// drawn.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Empty, Segments } from '../shared/controls';
import { MenuItem, Popover } from '../shared/menu';
import { BulkBar } from './bulk_bar';
import { FilterPanel } from './filters';
import { Icon } from './icons';
import { count, plural, shortCount, t, type TextKey } from './i18n';
import { activeFilters, noFilters, rowAt, rowHeight, statusOf, visibleRange, waitingCount } from './list_model';
import type { Order, View } from './model';
import { Row } from './row';
import type { ConsoleStore } from './store';
import { statusKeys } from './parts';

const orders: { order: Order; key: TextKey }[] = [
  { order: 'waiting', key: 'orderWaiting' },
  { order: 'updated_at', key: 'orderActive' },
  { order: 'created_at', key: 'orderNew' },
  { order: 'priority', key: 'orderPriority' },
];

export function ListView({ store }: { store: ConsoleStore }) {
  const { list } = store;
  const { view, order, filters } = list.question.value;
  const counts = list.counts.value;
  const waiting = waitingCount(list.pages.value, list.total.value);
  const orderWords = t(orders.find((one) => one.order === order)?.key ?? 'orderWaiting');
  const words = (key: TextKey, of: View) => (
    <>{t(key)}{counts[of] !== undefined && <small>{shortCount(counts[of] ?? 0)}</small>}</>
  );
  const views: { value: View; label: preact.ComponentChildren; name?: string }[] = [
    { value: 'mine', label: words('viewMine', 'mine') },
    { value: 'unassigned', label: words('viewUnassigned', 'unassigned') },
    { value: 'all', label: words('viewAll', 'all') },
    { value: 'bot', label: <Icon name="bot" size={17} />, name: t('viewBot') },
    { value: 'favorite', label: <Icon name="star" size={17} />, name: t('viewFavorite') },
    { value: 'snoozed', label: <Icon name="moon" size={17} />, name: t('viewSnoozed') },
  ];
  return (
    <section class="list" aria-label={t('conversations')}>
      <Head store={store} />
      <div class="views"><Segments label={t('views')} value={view} options={views} onChange={list.setView} /></div>
      {list.selected.value.size > 0 ? (
        <BulkBar store={store} />
      ) : (
        <div class="order">
          <Popover
            label={`${t('orderBy')}: ${orderWords}`} buttonClass="order-button"
            button={<><Icon name="sort" size={14} />{orderWords}<Icon name="chevron" size={12} /></>}
          >
            {(close) => orders.map((one) => (
              <MenuItem key={one.order} checked={one.order === order} onChoose={() => { close(); list.setOrder(one.order); }}>{t(one.key)}</MenuItem>
            ))}
          </Popover>
          {activeFilters(filters) > 0 && (
            <button type="button" class="text-button" onClick={() => list.setFilters(noFilters)}>{t('clearFilters')}</button>
          )}
          {order === 'waiting' && list.loaded.value && waiting.count > 0 && (
            <span class="order-note">{waiting.more ? t('waitingMore', { n: count(waiting.count) }) : plural('waitingNow', waiting.count)}</span>
          )}
        </div>
      )}
      <Rows store={store} />
    </section>
  );
}

function Head({ store }: { store: ConsoleStore }) {
  const { list } = store;
  const { search, filters } = list.question.value;
  const field = useRef<HTMLInputElement>(null);
  const shown = list.searching.value || search !== '';
  useEffect(() => {
    if (list.searching.value) field.current?.focus();
  }, [list.searching.value]);
  const end = () => {
    list.searching.value = false;
    if (search !== '') list.setSearch('');
  };
  return (
    <div class="list-head">
      {shown && <h1 class="hidden">{t('conversations')}</h1>}
      {shown ? (
        <div class="search" role="search">
          <Icon name="search" size={17} />
          <input
            ref={field} type="search" dir={search === '' ? undefined : 'auto'} value={search} placeholder={t('searchPeople')}
            aria-label={t('searchPeople')} maxLength={200} onInput={(event) => list.setSearch(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === 'Escape') end(); }}
          />
          <button type="button" aria-label={t('clearSearch')} onClick={end}><Icon name="close" size={15} /></button>
        </div>
      ) : (
        <>
          <h1>{t('conversations')}</h1>
          {store.live.state.value !== 'online' && store.ready.value && (
            <span class="connection" role="status"><Icon name="offline" size={15} />{t('reconnecting')}</span>
          )}
          <span class="list-tools">
            <button
              type="button" class="icon-button search-open" aria-label={t('search')} title={`${t('search')} (Ctrl K)`}
              onClick={() => { list.searching.value = true; }}
            ><Icon name="search" size={19} /></button>
            <Popover
              label={t('filters')} role="dialog" align="end" panelClass="filter-panel"
              buttonClass={`icon-button${activeFilters(filters) > 0 ? ' is-on' : ''}`}
              button={<><Icon name="filter" size={19} />{activeFilters(filters) > 0 && <i class="tool-dot" />}</>}
            >
              {(close) => <FilterPanel store={store} onClose={close} />}
            </Popover>
          </span>
        </>
      )}
    </div>
  );
}

function Rows({ store }: { store: ConsoleStore }) {
  const { list } = store;
  const box = useRef<HTMLDivElement>(null);
  const [window_, setWindow] = useState({ top: 0, height: 900 });
  const frame = useRef(0);
  const question = list.question.value;
  const total = list.total.value;
  const pages = list.pages.value;

  const measure = () => {
    frame.current = 0;
    const element = box.current;
    if (!element) return;
    setWindow({ top: element.scrollTop, height: element.clientHeight });
    list.show(element.scrollTop, element.clientHeight);
  };
  useLayoutEffect(() => {
    measure();
    const observer = new ResizeObserver(measure);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = 0;
  }, [question]);
  // Rows came in above what is pointed at: the list moves with it.
  useLayoutEffect(() => {
    const shift = list.shift.peek();
    if (shift === 0 || !box.current) return;
    list.shift.value = 0;
    box.current.scrollTop += shift * rowHeight;
    measure();
  }, [list.shift.value]);
  useLayoutEffect(() => {
    const open = store.room.id.value;
    const at = open ? list.indexOf(open) : -1;
    const element = box.current;
    if (at < 0 || !element) return;
    const top = at * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + rowHeight - element.clientHeight;
  }, [store.room.id.value]);

  const { from, to } = visibleRange(window_.top, window_.height, total);
  const scrolled = () => {
    if (frame.current === 0) frame.current = requestAnimationFrame(measure);
  };
  const point = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return;
    list.point((event.target as HTMLElement).closest<HTMLElement>('[data-room]')?.dataset.room ?? null);
  };
  return (
    <div class="rows" ref={box} onScroll={scrolled} onPointerOver={point} onPointerLeave={() => list.point(null)}>
      {total > 0 && (
        <div role="list" class="rows-inner" style={{ blockSize: `${total * rowHeight}px` }}>
          {Array.from({ length: to - from }, (_, at) => {
            const index = from + at;
            const row = rowAt(pages, index);
            return row
              ? <Row key={row._id} row={row} index={index} total={total} store={store} />
              : <div key={`blank${index}`} class="row blank" style={{ insetBlockStart: `${index * rowHeight}px` }} />;
          })}
        </div>
      )}
      {list.loaded.value && total === 0 && <NoRows store={store} />}
    </div>
  );
}

function NoRows({ store }: { store: ConsoleStore }) {
  const { list } = store;
  const question = list.question.value;
  const search = question.search.trim();
  const status = statusOf(question);
  if (search) {
    const where = status ? t(statusKeys[status]) : t('everything');
    const narrowed = status !== '' || question.view !== 'all' || activeFilters(question.filters) > 0;
    return (
      <div class="no-rows">
        <Empty picture="search" title={narrowed ? t('nothingFor', { name: search, where }) : t('noResult', { name: search })}>
          {narrowed && (
            <button type="button" class="button" onClick={() => list.ask({ view: 'all', filters: { ...noFilters, status: '' } })}>{t('searchAll')}</button>
          )}
        </Empty>
      </div>
    );
  }
  const titles: Partial<Record<View, TextKey>> = { favorite: 'noFavorites', snoozed: 'noSnoozed', bot: 'noBot', mine: 'noMine' };
  const filtered = activeFilters(question.filters) > 0;
  return (
    <div class="no-rows">
      <Empty title={t(filtered ? 'nothingFiltered' : titles[question.view] ?? 'nobody')}>
        <p>{t(filtered ? 'nothingFilteredMore' : question.view === 'favorite' ? 'noFavoritesMore' : question.view === 'snoozed' ? 'noSnoozedMore' : 'nobodyMore')}</p>
        {filtered && <button type="button" class="button" onClick={() => list.setFilters(noFilters)}>{t('clearFilters')}</button>}
      </Empty>
    </div>
  );
}
