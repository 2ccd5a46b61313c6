/** Two security administrators and a newcomer in a browser: proposed, decided, one-time password, disabled. */
import { describe, expect, test } from 'vitest';
import { centreUnit } from '../src/app/sample-city/units.ts';
import { axe, screenshot } from './browser.ts';
import { openEntry, signInAs } from './office-journeys.ts';
import { at, desk, journeys, newPage, overflow, phone } from './portal-journeys.ts';

journeys();

const account = 'journey-clerk';
const reason = '样例：新到岗';

async function wellMade(page: Awaited<ReturnType<typeof newPage>>, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  expect(await axe(page), name).toEqual([]);
  expect(await overflow(page), name).toBeLessThanOrEqual(0);
  await screenshot(page, name);
}

describe('the security administrators', () => {
  test('make an account together; its password is shown once, opens once, and ends with the account', async () => {
    const { page: first, complaints } = await signInAs('sample-security', desk);
    await openEntry(first, '/office/accounts');
    await wellMade(first, 'office-accounts-1280');
    await first.getByRole('link', { name: '提出新账户' }).click();
    await first.getByLabel(/^账户代码/).fill(account);
    await first.getByLabel('名称').fill('样例新人');
    await first.getByLabel('单位的统一社会信用代码').fill(centreUnit.code);
    await first
      .getByRole('checkbox', { name: /归集|信息管理员/ })
      .first()
      .check();
    await first.getByLabel('理由（必填，存入留痕）').fill(reason);
    await wellMade(first, 'office-accounts-new-1280');
    await first.getByRole('button', { name: '提出变更' }).click();
    await first.getByText('已提出，等待另一名安全管理员决定').waitFor();
    // Whoever proposed is told why another person decides.
    await openEntry(first, '/office/accounts');
    const waits = first.getByRole('region', { name: '等待决定的变更' });
    await waits.getByText(account).first().waitFor();
    expect(await waits.getByRole('button', { name: '同意变更' }).count()).toBe(0);
    await wellMade(first, 'office-accounts-own-1280');
    expect(complaints).toEqual([]);

    const { page: second } = await signInAs('sample-security-2', phone);
    await openEntry(second, '/office/accounts');
    const change = second.getByRole('region', { name: '等待决定的变更' });
    await change.getByLabel('理由（必填，存入留痕）').fill('核对任命文件');
    await wellMade(second, 'office-accounts-change-360');
    await change.getByRole('button', { name: '同意变更' }).click();
    const dialog = second.getByRole('dialog');
    await dialog.waitFor();
    const oneTime = (await dialog.locator('[data-one-time]').innerText()).trim();
    expect(oneTime.length).toBeGreaterThanOrEqual(20);
    await wellMade(second, 'office-accounts-one-time-360');
    await dialog.getByRole('button', { name: '已经交给本人' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await second.content()).not.toContain(oneTime);

    const newcomer = await newPage(desk);
    await newcomer.goto(at('/office/'));
    await newcomer.locator('#account').fill(account);
    await newcomer.locator('#password').fill(oneTime);
    await newcomer.locator('button[type=submit]').click();
    // It opens nothing but the change of itself.
    await newcomer.locator('input[autocomplete="new-password"]').first().waitFor();
    expect(await newcomer.locator('.frame').count()).toBe(0);
    await wellMade(newcomer, 'office-accounts-newcomer-1280');

    await second.goto(at(`/office/accounts/${account}`));
    await second.getByLabel('理由（必填，存入留痕）').first().fill('样例：离岗');
    await wellMade(second, 'office-accounts-one-360');
    await second.getByRole('button', { name: '立即停用' }).click();
    await second.getByText('已停用').waitFor();
    const status = await newcomer.evaluate<number>(
      `fetch('/api/office/v1/session').then(({ status }) => status)`,
    );
    expect(status).toBe(401);
    await Promise.all([first.close(), second.close(), newcomer.close()]);
  });

  test('tell an officer of a change of the account, who opens the letter and says that it came; others have no such letter', async () => {
    const { page: first } = await signInAs('sample-security', desk);
    await first.goto(at('/office/accounts/sample-law'));
    await first.getByLabel('理由（必填，存入留痕）').last().fill('样例：增加岗位');
    await first.getByRole('button', { name: '提出变更' }).click();
    await first.getByText('已有一项变更等待决定').waitFor();
    await first.close();

    const { page, complaints } = await signInAs('sample-law', desk);
    const entry = page.locator('nav a[href="/office/letters"]');
    await entry.locator('.count').waitFor();
    expect(await entry.innerText()).toMatch(/^告知\s*1件未读/);
    await openEntry(page, '/office/letters');
    await wellMade(page, 'office-letters-1280');
    await page.locator('td a').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: '经过' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('sample-security');
    await page.setViewportSize(phone);
    await wellMade(page, 'office-letter-360');
    await entry.locator('.count').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '确认收到' }).click();
    await page.getByText('收件人确认').waitFor();
    expect(await page.getByRole('button', { name: '确认收到' }).count()).toBe(0);
    await wellMade(page, 'office-letter-acknowledged-360');
    expect(complaints).toEqual([]);
    const address = page.url();
    await page.close();

    const { page: other } = await signInAs('sample-law-2', desk);
    await other.goto(address);
    await other.getByRole('alert').first().waitFor();
    expect(await other.locator('.letter').count()).toBe(0);
    await other.close();
  });

  test('look up what a position may do and read, and from there who holds it', async () => {
    const { page, complaints } = await signInAs('sample-security', desk);
    await openEntry(page, '/office/roles');
    await wellMade(page, 'office-roles-1280');
    await page.getByRole('link', { name: '信用中心经办' }).click();
    await page.getByRole('heading', { name: '可以查询不公开的信息' }).waitFor();
    const text = await page.innerText('main');
    expect(text).toContain('办理异议');
    expect(text).toContain('本地区单位提供的记录');
    await wellMade(page, 'office-roles-one-1280');
    await page.setViewportSize(phone);
    await wellMade(page, 'office-roles-one-360');
    await page.setViewportSize(desk);
    await page.getByRole('link', { name: '担任这个岗位的账户' }).click();
    const rows = page.getByRole('region', { name: '全部账户' });
    await rows.getByText('sample-centre').first().waitFor();
    expect(await rows.innerText()).not.toContain('sample-market');
    await page.getByRole('radio', { name: /程序/ }).check();
    await page.waitForURL(/kind=program/);
    expect(await rows.innerText()).not.toContain('sample-centre');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
