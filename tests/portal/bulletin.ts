/** A published bulletin of a month in which one unit declared what it made and one item had nothing. */
import { declareCount } from '../../src/intake/collection/index.ts';
import {
  type BulletinDeps,
  draftBulletin,
  publishBulletin,
  respond,
  sendBulletin,
} from '../../src/intake/bulletin/index.ts';
import { type Result, assert } from '../../src/kernel/result.ts';
import { type TestInstallation, authority, clerk, operatorA, operatorB } from '../installation.ts';

async function done<T>(result: Promise<Result<T>>): Promise<T> {
  const found = await result;
  assert(found.ok, JSON.stringify(found));
  return found.value;
}

/** Declares, drafts, sends, lets the unit confirm, and publishes. */
export async function publishedBulletinOf(city: TestInstallation, period: string): Promise<void> {
  const { database, clock, rulebook, door, config } = city;
  const deps: BulletinDeps = { database, clock, rulebook, door, place: config.jurisdiction };
  const said = { provider: authority, period, kind: 'produced', actor: clerk } as const;
  await done(declareCount(city.collection(), { ...said, item: 'penalty', count: 3 }));
  await done(declareCount(city.collection(), { ...said, item: 'permit', count: 0 }));
  await done(draftBulletin(deps, { period, actor: operatorA }));
  await done(sendBulletin(deps, { period, actor: operatorA }));
  const department = { ...operatorA, position: 'data-reviewer' };
  const word = { period, provider: authority, actor: department, reason: '来函〔2026〕1号' };
  await done(respond(deps, 'confirm', word));
  await done(publishBulletin(deps, { period, actor: operatorB }));
}
