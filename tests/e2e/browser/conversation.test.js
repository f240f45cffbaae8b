// A visitor and two agents in real browsers.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { assign, bubbles, launchBrowser, openPage, openShop, search, signIn, waitForBubble, write } from '../lib/browser.js';
import { Agent } from '../lib/api.js';
import { startServer } from '../lib/server.js';

let server;
let demo;
let browser;
let pages = [];
before(async () => {
  ({ server, demo } = await startServer());
  browser = await launchBrowser();
});
afterEach(async () => {
  const problems = pages.flatMap((page) => page.problems);
  await Promise.all(pages.map((page) => page.context().close()));
  pages = [];
  assert.deepEqual(problems, [], 'the pages report no error');
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function page(options) {
  const opened = await openPage(browser, options);
  pages.push(opened);
  return opened;
}

async function visitorPage(name, options = {}, lang = 'en') {
  const visitor = await page(options);
  await openShop(visitor, server, lang);
  await visitor.fill('.name-field', name);
  return visitor;
}

async function agentPage(options = {}, lang = 'en') {
  const agent = await page(options);
  await signIn(agent, server, demo.agent_email, demo.agent_password, lang);
  return agent;
}

async function secondAgentPage() {
  const agent = await page();
  await signIn(agent, server, demo.agent2_email, demo.agent_password);
  return agent;
}

async function openRoomOf(agent, name) {
  await agent.locator('.row', { hasText: name }).first().click();
  await agent.waitForSelector('.conversation .bubble');
}

test('a message appears at once on both agents’ pages, the answer on the visitor’s', async () => {
  const agent = await agentPage();
  const second = await secondAgentPage();
  const visitor = await visitorPage('Ines Falcao');
  await write(visitor, 'Is the green lamp back?');
  for (const each of [agent, second]) {
    const row = each.locator('.row', { hasText: 'Ines Falcao' });
    await row.waitFor();
    await row.locator('.count', { hasText: '1' }).waitFor();
  }
  await openRoomOf(agent, 'Ines Falcao');
  await waitForBubble(agent, 'Is the green lamp back?');
  await agent.locator('.row', { hasText: 'Ines Falcao' }).locator('.count').waitFor({ state: 'detached' });
  await visitor.locator('.receipt.read').waitFor();

  await agent.fill('.composer textarea', 'Yes');
  await visitor.locator('.typing').waitFor();
  await write(agent, 'Yes, since this morning.');
  await waitForBubble(visitor, 'Yes, since this morning.');
  await visitor.locator('.typing').waitFor({ state: 'detached' });
  await agent.locator('.receipt.read').waitFor();
  assert.deepEqual(await bubbles(visitor), ['Is the green lamp back?', 'Yes, since this morning.']);

  // The room is the first agent's now: it leaves the second one's list.
  await second.locator('.row', { hasText: 'Ines Falcao' }).waitFor({ state: 'detached' });
});

test('a note shows to the team and never to the visitor', async () => {
  const agent = await agentPage();
  const visitor = await visitorPage('Note Reader');
  await write(visitor, 'Hello there');
  await openRoomOf(agent, 'Note Reader');
  await agent.click('.note-mode');
  await agent.waitForSelector('.composer.note');
  await write(agent, 'Be careful with this one');
  await agent.locator('.group:not(.unsent).is-note .bubble', { hasText: 'Be careful' }).waitFor();
  await agent.click('.modes button >> nth=0');
  await write(agent, 'Good morning!');
  await waitForBubble(visitor, 'Good morning!');
  assert.ok(!(await visitor.locator('.panel').innerHTML()).includes('Be careful'));
  await visitor.reload();
  await waitForBubble(visitor, 'Good morning!');
  assert.deepEqual(await bubbles(visitor), ['Hello there', 'Good morning!']);
});

test('text is text: no markup of a person is ever parsed', async () => {
  const agent = await agentPage();
  const visitor = await visitorPage('<img src=x onerror=alert(1)>');
  const hostile = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';
  await write(visitor, hostile);
  await openRoomOf(agent, '<img src=x');
  await waitForBubble(agent, '<script>');
  for (const each of [agent, visitor]) {
    assert.notEqual(await each.title(), 'hacked');
    assert.equal(await each.locator('.bubble img, .bubble script, .row img').count(), 0);
    assert.deepEqual((await bubbles(each)).at(-1), hostile);
  }
});

test('assigning, closing and opening again', async () => {
  const agent = await agentPage();
  const visitor = await visitorPage('Kofi Closing');
  await write(visitor, 'It works now, thanks');
  await openRoomOf(agent, 'Kofi Closing');
  await assign(agent, 'Assign to me');
  await agent.locator('.assign-button', { hasText: 'Tess' }).waitFor();
  await agent.click('.head-actions >> text=Close');
  await agent.locator('.head .chip.closed').waitFor();
  await visitor.locator('.notice', { hasText: 'closed' }).waitFor();
  await write(visitor, 'One more thing');
  await agent.locator('.head .chip.open').waitFor();
  await visitor.locator('.notice', { hasText: 'closed' }).waitFor({ state: 'detached' });
  await assign(agent, 'Unassign');
  await agent.locator('.assign-button', { hasText: 'Unassigned' }).waitFor();
});

test('search finds a conversation by its words', async () => {
  const agent = await agentPage();
  const visitor = await visitorPage('Searched Person');
  await write(visitor, 'My xylophone is out of tune');
  await agent.locator('.row', { hasText: 'Searched Person' }).waitFor();
  await search(agent, 'xylophone');
  await agent.waitForFunction(() => document.querySelectorAll('.row').length === 1);
  await agent.locator('.row', { hasText: 'Searched Person' }).waitFor();
  await search(agent, 'nothing-like-this');
  await agent.waitForSelector('.no-rows');
  await agent.click('.search button');
  await agent.locator('.row', { hasText: 'Searched Person' }).waitFor();
});

test('earlier messages come when one scrolls up', async () => {
  const agent = await agentPage();
  const visitor = await visitorPage('Long Story');
  await write(visitor, 'opening');
  await openRoomOf(agent, 'Long Story');
  const room = new URL(agent.url()).hash.slice('#room='.length);
  const api = new Agent(server, demo.agent_jwt);
  for (let index = 0; index < 120; index += 1) await api.send(room, `line ${index} of a long story`);
  for (const each of [visitor, agent]) {
    await each.reload();
    await waitForBubble(each, 'line 119');
    assert.ok((await bubbles(each)).length <= 45);
    for (let tries = 0; tries < 40 && !(await bubbles(each)).includes('opening'); tries += 1) {
      await each.$eval('.log', (log) => {
        log.scrollTop = 0;
      });
      await each.waitForTimeout(100);
    }
    const all = await bubbles(each);
    assert.equal(all.length, 121);
    assert.equal(all[0], 'opening');
    assert.deepEqual(all.slice(1), Array.from({ length: 120 }, (_, index) => `line ${index} of a long story`));
  }
});

test('Enter sends, Shift+Enter does not, and an input method keeps its Enter', async () => {
  const visitor = await visitorPage('Keys');
  await visitor.fill('textarea', 'first');
  await visitor.press('textarea', 'Shift+Enter');
  await visitor.type('textarea', 'second');
  assert.equal(await visitor.inputValue('textarea'), 'first\nsecond');
  await visitor.$eval('textarea', (field) => field.dispatchEvent(new KeyboardEvent('keydown', {
    key: 'Enter', isComposing: true, bubbles: true, cancelable: true,
  })));
  assert.equal(await visitor.inputValue('textarea'), 'first\nsecond');
  await visitor.press('textarea', 'Enter');
  await waitForBubble(visitor, 'first');
  assert.deepEqual(await bubbles(visitor), ['first\nsecond']);
});

test('Arabic: the page runs right to left, texts keep their own direction', async () => {
  const agent = await agentPage({}, 'ar');
  const visitor = await visitorPage('نور السامرائي', {}, 'ar');
  assert.equal(await visitor.getAttribute('html', 'dir'), 'rtl');
  await write(visitor, 'هل المصباح متوفر باللون الأخضر؟');
  await openRoomOf(agent, 'نور السامرائي');
  await write(agent, 'Yes, in green.');
  await waitForBubble(visitor, 'Yes, in green.');
  const box = async (text) => visitor.locator('.bubble', { hasText: text }).boundingBox();
  const mine = await box('هل المصباح');
  const theirs = await box('Yes, in green.');
  assert.ok(mine.x < theirs.x, 'one’s own messages stand at the left');
  const direction = (text) => visitor.locator('.bubble', { hasText: text }).evaluate((bubble) => getComputedStyle(bubble).direction);
  assert.equal(await direction('Yes, in green.'), 'ltr');
  assert.equal(await direction('هل المصباح'), 'rtl');
  await agent.click('.rail-me');
  await agent.click('.rail .language');
  assert.equal(await agent.getAttribute('html', 'dir'), 'ltr');
});

test('at 390 px one pane at a time, nothing wider than the screen', async () => {
  const agent = await agentPage({ width: 390, height: 844 });
  const visitor = await visitorPage('Small Screen', { width: 390, height: 844 });
  await write(visitor, `A${'a'.repeat(200)} long word`);
  await openRoomOf(agent, 'Small Screen');
  assert.equal(await agent.isVisible('.list'), false);
  for (const each of [agent, visitor]) {
    const overflow = await each.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0);
  }
  await agent.click('.back');
  await agent.waitForSelector('.list');
  assert.equal(await agent.isVisible('.conversation'), false);
});
