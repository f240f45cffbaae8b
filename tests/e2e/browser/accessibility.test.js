// axe-core finds nothing to complain about: both pages, both languages, light and dark, wide and narrow.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, launchBrowser, openPage, openShop, signIn, waitForBubble, write } from '../lib/browser.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const lang of ['en', 'ar']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [1440, 390]) {
      test(`${lang}, ${colorScheme}, ${width} px`, async () => {
        const name = `Axe ${lang} ${colorScheme} ${width}`;
        const size = { width, height: 860, colorScheme };
        const visitor = await openPage(browser, size);
        await openShop(visitor, server, lang);
        await assertAccessible(visitor, 'the empty chat');
        await visitor.fill('.name-field', name);
        await write(visitor, 'Is the green lamp back?');
        await waitForBubble(visitor, 'green lamp');

        const agent = await openPage(browser, size);
        await agent.goto(`${server.url}/console?lang=${lang}`);
        await agent.waitForSelector('.demo-login');
        await assertAccessible(agent, 'signing in');
        await signIn(agent, server, demo.agent_email, demo.agent_password, lang);
        await agent.locator('.row', { hasText: name }).waitFor();
        await assertAccessible(agent, 'the list');
        await agent.locator('.row', { hasText: name }).click();
        await waitForBubble(agent, 'green lamp');
        await agent.click('.note-mode');
        await write(agent, 'only for us');
        await agent.locator('.group:not(.unsent).is-note .bubble').waitFor();
        await agent.click('.modes button >> nth=0');
        await write(agent, 'It is.');
        await waitForBubble(visitor, 'It is.');
        await assertAccessible(agent, 'the conversation');
        await assertAccessible(visitor, 'the chat');
        assert.deepEqual([...agent.problems, ...visitor.problems], []);
        await visitor.context().close();
        await agent.context().close();
      });
    }
  }
}
