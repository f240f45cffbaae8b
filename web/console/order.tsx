// What the marketplace says of an order, beside the conversation about it.
import { useState } from 'preact/hooks';
import { plural, t, type TextKey } from './i18n';
import type { OrderOfRoom } from './model';
import { Face } from './parts';

type Participant = OrderOfRoom['participants'][number];

const roles: Record<Participant['user_type'], TextKey> = {
  admin: 'admin', agent: 'agent', buyer: 'buyer', customer: 'buyer', user: 'buyer', vendor: 'vendor',
};
const shownAtFirst = 5;

export function OrderSection({ order }: { order: OrderOfRoom }) {
  return (
    <section class="order-details">
      <h3>{t('channelOrder')}</h3>
      <dl>
        <dt>{t('orderNumber')}</dt><dd><bdi dir="ltr">#{order.number}</bdi></dd>
        {order.order_id && order.order_id !== order.number && <><dt>{t('orderId')}</dt><dd><bdi dir="ltr">{order.order_id}</bdi></dd></>}
        {order.vendor_id && <><dt>{t('vendorId')}</dt><dd><bdi dir="ltr">{order.vendor_id}</bdi></dd></>}
      </dl>
      {order.participants.length > 0 && <People people={order.participants} />}
    </section>
  );
}

function People({ people }: { people: readonly Participant[] }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <ul class="order-people" aria-label={t('takesPart')}>
        {(all ? people : people.slice(0, shownAtFirst)).map((person) => (
          <li key={person.conversation_id}>
            <Face name={person.name || person.email} id={person.conversation_id} size={28} />
            <span>
              <bdi>{person.name || person.email || person.user_id}</bdi>
              <small>{t(roles[person.user_type])}{person.email && <> · <bdi dir="ltr">{person.email}</bdi></>}{person.phone && <> · <bdi dir="ltr">{person.phone}</bdi></>}</small>
            </span>
          </li>
        ))}
      </ul>
      {!all && people.length > shownAtFirst && <button type="button" class="text-button" onClick={() => setAll(true)}>{plural('allEarlier', people.length)}</button>}
    </>
  );
}
