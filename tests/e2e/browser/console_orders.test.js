// Rooms of orders in the console: several people write on the customer's side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitForBubble } from '../lib/browser.js';
import { consoleWorld, openRoom } from '../lib/console.js';
import { buyer, OrderClient, orderNumber, vendor } from '../lib/orders.js';

const world = consoleWorld();

test('a vendor\'s words stand under the vendor\'s name, a buyer\'s under theirs', async () => {
  const shop = new OrderClient(world.server, world.demo.order_client);
  const [buyerId, vendorId] = [orderNumber(), orderNumber()];
  const room = await shop.createRoom({ order_user_id: buyerId, vendor_user_id: vendorId, agent_id: '' });
  await shop.send(room._id, 'Where is my lamp?', buyer({ user_id: buyerId, username: 'Bea Buyer' }));
  await shop.send(room._id, 'It left on Monday.', vendor({ user_id: vendorId, username: 'Vera Vendor' }));
  const admin = await world.agent({ who: 'admin' });
  await openRoom(admin, 'Bea Buyer');
  await waitForBubble(admin, 'It left on Monday.');
  const under = (text, name) => admin.locator('.group', { has: admin.locator('.bubble', { hasText: text }) }).locator('.meta', { hasText: name });
  await under('Where is my lamp?', 'Bea').waitFor();
  await under('It left on Monday.', 'Vera').waitFor();
  assert.equal(await under('It left on Monday.', 'Bea').count(), 0);
  assert.match(await admin.textContent('.head-sub'), new RegExp(`#${room.room_id}`));
});

for (const [lang, words] of Object.entries({ en: ['Order', 'Buyer', 'Vendor', 'All 7'], ar: ['طلب شراء', 'المشتري', 'البائع', 'الكل (7)'] })) {
  test(`the panel shows the order and who takes part (${lang})`, async () => {
    const shop = new OrderClient(world.server, world.demo.order_client);
    const [buyerId, vendorId] = [orderNumber(), orderNumber()];
    const room = await shop.createRoom({ order_id: 4711, vendor_id: 77, order_user_id: buyerId, vendor_user_id: vendorId, agent_id: '' });
    await shop.send(room._id, 'Where is my lamp?', buyer({ user_id: buyerId, username: `Panel ${lang}`, email: 'panel@example.com' }));
    const admin = await world.agent({ who: 'admin', lang });
    await openRoom(admin, `Panel ${lang}`);
    const section = admin.locator('.contact .order-details');
    await section.getByText(`#${room.room_id}`).waitFor();
    assert.equal(await section.locator('h3').textContent(), words[0]);
    assert.match(await section.locator('dl').textContent(), /4711.*77/);
    const people = section.locator('.order-people li');
    assert.equal(await people.count(), 1);
    await shop.send(room._id, 'It left on Monday.', vendor({ user_id: vendorId, username: 'Vera Vendor' }));
    await people.nth(1).getByText('Vera Vendor').waitFor();
    assert.match(await people.nth(0).textContent(), new RegExp(`${words[1]}.*panel@example.com`));
    assert.match(await people.nth(1).textContent(), new RegExp(words[2]));
    for (let more = 0; more < 5; more += 1) await shop.join(room._id, vendor({ user_id: orderNumber(), username: `Helper ${more}` }));
    await admin.reload();
    await section.getByRole('button', { name: words[3] }).click();
    await people.nth(6).waitFor();
  });
}

test('a script in a buyer\'s name or words is only text', async () => {
  const shop = new OrderClient(world.server, world.demo.order_client);
  const script = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
  const buyerId = orderNumber();
  const room = await shop.createRoom({ order_user_id: buyerId, vendor_user_id: orderNumber(), agent_id: '' });
  await shop.send(room._id, `Hello ${script}`, buyer({ user_id: buyerId, username: `Mallory ${script}`, display_image: 'javascript:window.hacked=1' }));
  const admin = await world.agent({ who: 'admin' });
  await openRoom(admin, 'Mallory');
  await waitForBubble(admin, 'Hello <img');
  assert.match(await admin.textContent('.head-sub'), new RegExp(`#${room.room_id}`));
  assert.ok((await admin.textContent('body')).includes(`Mallory ${script}`));
  assert.equal(await admin.evaluate(() => window.hacked), undefined);
});
