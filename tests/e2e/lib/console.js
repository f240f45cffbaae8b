// A server with the demo account and a browser, for tests of what agents do in the console.
import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { Agent, Visitor } from './api.js';
import { launchBrowser, openPage, signIn } from './browser.js';
import { startServer } from './server.js';

// Fills in at the beginning of the file's tests; pages are closed after each, and have reported no error.
export function consoleWorld() {
  const world = { pages: [] };
  before(async () => {
    Object.assign(world, await startServer());
    world.browser = await launchBrowser();
  });
  afterEach(async () => {
    const problems = world.pages.flatMap((page) => page.problems);
    await Promise.all(world.pages.map((page) => page.context().close()));
    world.pages = [];
    assert.deepEqual(problems, [], 'the pages report no error');
  });
  after(async () => {
    await world.browser?.close();
    await world.server?.close();
  });

  world.page = async (options) => {
    const page = await openPage(world.browser, options);
    world.pages.push(page);
    return page;
  };
  world.agent = async ({ who = 'agent', lang = 'en', ...options } = {}) => {
    const page = await world.page({ width: 1440, height: 900, ...options });
    await signIn(page, world.server, world.demo[`${who}_email`], world.demo.agent_password, lang);
    return page;
  };
  world.api = (who = 'agent') => new Agent(world.server, world.demo[`${who}_jwt`]);
  // A visitor who has written: → {visitor, room}
  world.visitor = async (name, ...texts) => {
    const visitor = await Visitor.open(world.server, world.demo, { name });
    const room = (await visitor.createRoom(texts[0] ?? 'Hello')).id;
    for (const text of texts.slice(1)) await visitor.send(room, text);
    return { visitor, room };
  };
  return world;
}

export const row = (page, name) => page.locator('.row', { hasText: name });

export async function openRoom(page, name) {
  await row(page, name).first().click();
  await page.waitForSelector('.conversation .bubble');
}

export async function choose(page, button, item) {
  await page.click(button);
  await page.locator('.popover .menu-item', { hasText: item }).first().click();
}
