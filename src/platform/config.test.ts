import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const variableOf = (environment: Record<string, string>) => {
  const read = readConfig(environment);
  return read.ok ? null : read.refusal.params;
};

describe('the environment', () => {
  it('needs nothing: every setting has a default that runs on one laptop', () => {
    const read = readConfig({});
    expect(read).toMatchObject({
      ok: true,
      value: {
        databaseUrl: null,
        host: '127.0.0.1',
        port: 8080,
        origin: null,
        jurisdiction: '320100',
        sample: false,
        clockSet: false,
      },
    });
  });

  it.each([
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['XINHENG_PORT', '99999'],
    ['XINHENG_PORT', 'http'],
    ['XINHENG_ORIGIN', 'credit.example.gov.cn'],
    ['XINHENG_ORIGIN', 'https://credit.example.gov.cn/home'],
    ['XINHENG_JURISDICTION', '3201'],
    ['XINHENG_SAMPLE', 'yes'],
    ['XINHENG_CLOCK', '2026-06-01'],
    ['XINHENG_LOG', 'loud'],
    ['XINHENG_OIDC_ISSUER', 'http://id.example.gov.cn'],
    ['XINHENG_OIDC_ISSUER', 'id.example.gov.cn'],
    ['XINHENG_VAR', ''],
  ])('is refused with the name of what is wrong: %s=%s', (variable, value) => {
    expect(variableOf({ [variable]: value })).toMatchObject({ variable });
  });

  it('says when the clock was set, so that only a sample installation runs with it', () => {
    const read = readConfig({ XINHENG_CLOCK: '2026-06-01T08:00:00+08:00' });
    expect(read).toMatchObject({ ok: true, value: { clockSet: true } });
    expect(read.ok && read.value.clock.today()).toBe('2026-06-01');
  });

  it('has all of an identity provider or none of it; the provider of this machine alone in clear text', () => {
    const whole = {
      XINHENG_OIDC_ISSUER: 'https://id.example.gov.cn',
      XINHENG_OIDC_CLIENT_ID: 'xinheng',
      XINHENG_OIDC_CLIENT_SECRET: 'secret',
      XINHENG_ORIGIN: 'https://credit.example.gov.cn',
    };
    const read = readConfig(whole);
    expect(read.ok && read.value.oidc).toEqual({
      ...{ issuer: 'https://id.example.gov.cn', clientId: 'xinheng', clientSecret: 'secret' },
    });
    expect(readConfig({}).ok && readConfig({})).not.toHaveProperty('value.oidc');
    for (const missing of ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'ORIGIN']) {
      const variable = `XINHENG_${missing}`;
      const rest = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== variable));
      expect([missing, variableOf(rest)]).toMatchObject([missing, { variable }]);
    }
    const file = { ...whole, XINHENG_OIDC_CLIENT_SECRET_FILE: '/nowhere/at/all' };
    expect(variableOf(file)).toMatchObject({ variable: 'XINHENG_OIDC_CLIENT_SECRET_FILE' });
    const near = { ...whole, XINHENG_OIDC_ISSUER: 'http://127.0.0.1:9000' };
    expect(readConfig(near).ok).toBe(true);
    for (const issuer of ['http://127.0.0.1.example.org', 'http://localhost@example.org']) {
      expect(variableOf({ ...whole, XINHENG_OIDC_ISSUER: issuer })).toMatchObject({
        variable: 'XINHENG_OIDC_ISSUER',
      });
    }
  });

  it('yields to what the command line says', () => {
    expect(readConfig({ XINHENG_PORT: '9000' }, { port: 9001 })).toMatchObject({
      value: { port: 9001 },
    });
  });
});
