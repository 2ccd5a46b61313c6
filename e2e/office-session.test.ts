/** Ways into the office and out of it, in a browser: an identity provider, a lock, the end by idling. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appOver } from '../src/app/server.ts';
import { instantFromMs, instantMs } from '../src/kernel/day.ts';
import { sql } from '../src/platform/db/index.ts';
import { identityProvider } from '../tests/office/identity-provider.ts';
import { axe, screenshot } from './browser.ts';
import { signInAs } from './office-journeys.ts';
import { at, cityNow, desk, journeys, newPage, overflow, phone } from './portal-journeys.ts';

journeys();

const clerk = 'sample-market';

/** The city's clock stands still, and a code opens once. */
function later(minutes: number): void {
  const { clock } = cityNow().installation.config;
  clock.set(instantFromMs(instantMs(clock.now()) + minutes * 60_000));
}

type Door = {
  readonly accounts: readonly {
    readonly account: string;
    readonly password: string;
    readonly code: string;
  }[];
};

async function sampleOf(origin: string, account: string) {
  const door = (await (await fetch(`${origin}/api/office/v1/session/door`)).json()) as Door;
  return door.accounts.find((one) => one.account === account)!;
}

async function givePassword(page: Page, account: string, password: string): Promise<void> {
  await page.locator('#account').fill(account);
  await page.locator('#password').fill(password);
  await page.locator('button[type=submit]').click();
}

describe('through the identity provider', () => {
  let server: ServerType;
  let origin: string;
  let provider: Awaited<ReturnType<typeof identityProvider>>;

  beforeAll(async () => {
    const { installation } = cityNow();
    // The address is known once it listens, and the settings name it.
    const served: { app?: ReturnType<typeof appOver> } = {};
    origin = await new Promise((listening) => {
      server = serve(
        { fetch: (request: Request) => served.app!.fetch(request), hostname: '127.0.0.1', port: 0 },
        ({ port }: AddressInfo) => listening(`http://127.0.0.1:${port}`),
      );
    });
    // Another name of the same machine: to the browser, another site.
    provider = await identityProvider(`${origin}/api/office/v1/session/oidc/callback`, 'localhost');
    const config = { ...installation.config, origin, oidc: provider.config };
    served.app = appOver({ ...installation, config }, { rate: null, checkAnswers: true });
    await installation.database.execute(sql`
      insert into accounts.oidc_subject (issuer, subject, account, bound_at)
      values (${provider.issuer}, 'subject-1', ${clerk}, ${installation.config.clock.now()})`);
  });
  afterAll(async () => {
    await provider?.stop();
    await new Promise((closed) => server.close(closed));
  });

  test('a clerk comes in without a password, and gives the code as ever', async () => {
    provider.lets('subject-1');
    later(1);
    const page = await newPage(desk);
    await page.goto(`${origin}/office/`);
    await page.getByText('用统一身份认证登录').waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'office-door-provider');
    await page.getByText('用统一身份认证登录').click();
    await page.locator('#code').waitFor();
    expect(page.url()).toBe(`${origin}/office/`);
    await page.locator('#code').fill((await sampleOf(origin, clerk)).code);
    await page.locator('button[type=submit]').click();
    await page.locator('.frame').waitFor();
    await page.close();
  });

  test('whoever is bound to no account is told so, once, in words of ours', async () => {
    provider.lets('nobody-we-know');
    const page = await newPage(phone);
    await page.goto(`${origin}/office/`);
    await page.getByText('用统一身份认证登录').click();
    await page.getByText('没有对应可以登录的账户').waitFor();
    expect(page.url()).toBe(`${origin}/office/`);
    expect(await axe(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await screenshot(page, 'office-door-refused');
    await page.reload();
    await page.getByText('用统一身份认证登录').waitFor();
    expect(await page.getByText('没有对应可以登录的账户').count()).toBe(0);
    await page.goto(`${origin}/office/?refused=${encodeURIComponent('请拨打 010-0000 解锁')}`);
    await page.getByText('用统一身份认证登录').waitFor();
    expect(await page.locator('[role=alert]').count()).toBe(0);
    await page.close();
  });
});

describe('an account', () => {
  test('is locked by wrong passwords, also against the right one, and opens after its time', async () => {
    const account = 'sample-case-2';
    const page = await newPage(desk);
    await page.goto(at('/office/'));
    const { password } = await sampleOf(cityNow().origin, account);
    for (let count = 0; count < 5; count += 1) {
      const answered = page.waitForResponse((reply) => reply.request().method() === 'POST');
      await givePassword(page, account, `wrong password ${count}`);
      await answered;
      await page.getByText(/账户或者口令不正确|账户已锁定/).waitFor();
    }
    await givePassword(page, account, password);
    await page.getByText(/账户已锁定，请在\d+分钟后再试/).waitFor();
    await screenshot(page, 'office-door-locked');
    expect(await page.locator('#code').count()).toBe(0);
    later(16);
    await givePassword(page, account, password);
    await page.locator('#code').waitFor();
    await page.close();
  });

  test('is signed out after half an hour without a request, and told why', async () => {
    const { page } = await signInAs('sample-case', desk);
    later(29);
    await page.locator('nav a[href="/office/account"]').click();
    await page.locator('main h1').waitFor();
    later(31);
    await page.reload();
    await page.locator('#password').waitFor();
    expect(await page.locator('.frame').count()).toBe(0);
    await screenshot(page, 'office-door-idle');
    await page.close();
  });
});
