// Every screen of the console in both languages: axe-core finds nothing, and nothing is wider than the window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, search } from '../lib/browser.js';
import { consoleWorld } from '../lib/console.js';
import { form, png } from '../lib/files.js';

const world = consoleWorld();

const places = [
  ['people', '.person'], ['dashboard', '.dash-grid'], ['settings/inboxes', '.settings-list a'], ['settings/agents', '.settings-list button'],
  ['settings/sites', '.settings-list li'], ['settings/keys', '.settings-page h1'], ['settings/faqs', '.settings-page h1'],
  ['settings/canned', '.settings-page h1'], ['settings/audit', '.settings-page h1'], ['settings/intents', '.settings-page'],
];

async function assertFits(page, where) {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= window, `${where}: ${wide} px of ${window}`);
}

// A conversation with a picture and a note in it. → its room
async function conversation(name) {
  const { visitor, room } = await world.visitor(name, 'Look at this');
  const upload = await visitor.ok('POST', '/user/attachment', { form: form(png(64, 48), 'lamp.png') });
  await visitor.post('/user/message', { room_id: room, message: { type: 'image', content: '', attachments: [upload.attachment] } });
  await world.api('admin').send(room, 'only for us', { type: 'note' });
  await world.api('admin').patch('/room', { room_id: room, priority: 'urgent', tags: ['damaged'] });
  return room;
}

for (const lang of ['en', 'ar']) {
  for (const [width, height, colorScheme] of [[1440, 900, 'light'], [1024, 768, 'dark'], [390, 844, 'light'], [390, 844, 'dark']]) {
    test(`${lang}, ${width} px, ${colorScheme}`, async () => {
      const name = `Screens ${lang} ${width} ${colorScheme}`;
      const room = await conversation(name);
      const admin = await world.agent({ who: 'admin', lang, width, height, colorScheme });
      const look = async (where) => {
        await assertAccessible(admin, where);
        await assertFits(admin, where);
      };
      for (const [hash, ready] of places) {
        await admin.evaluate((to) => { location.hash = to; }, hash);
        await admin.locator(ready).first().waitFor();
        await look(hash);
      }
      for (const inbox of [world.demo.inbox_id, 'new']) {
        await admin.evaluate((to) => { location.hash = to; }, `settings/inboxes/${inbox}`);
        await admin.waitForSelector('.settings-form');
        await look('an inbox');
      }

      await admin.evaluate((to) => { location.hash = to; }, `room=${room}`);
      await admin.locator('.is-note').waitFor();
      await look('a conversation');
      await admin.click('.picture');
      await admin.locator('.viewer img').waitFor();
      await look('the viewer');
      await admin.keyboard.press('Escape');
      if (width < 1280) {
        await admin.click(width < 768 ? '.head-face' : '.head-contact');
        await admin.locator('.with-contact .contact').waitFor();
        await look('the contact');
        await admin.click('.contact-close');
      }
      const shown = width < 768 ? ['.head-more'] : ['.assign-button', '.head-snooze', '.head-more', '.order-button', '.list-tools .icon-button >> nth=1', '.rail-me'];
      for (const button of shown) {
        await admin.click(button);
        await admin.waitForSelector('.popover');
        await look(button);
        await admin.keyboard.press('Escape');
      }

      await admin.evaluate(() => { location.hash = ''; });
      await search(admin, 'Look this');
      await admin.locator('.row mark').first().waitFor();
      await look('what a search found');
      await admin.click('.search button');
      await admin.waitForSelector('.search-open');
      if (width >= 768) {
        await admin.click('.rail-keys');
        await admin.waitForSelector('.key-sheet');
        await look('the keys');
        await admin.keyboard.press('Escape');
      }
      await search(admin, 'no such word');
      await admin.locator('.no-rows').waitFor();
      await look('nothing found');
    });
  }
}
