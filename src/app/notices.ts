/** Letters of an installation: what carries them out of the house, and the proof of their service. */
import { resolve } from 'node:path';
import type { Id } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';
import { limitsUnder } from '../kernel/rulebook/limits.ts';
import { smtpMailer } from '../platform/mail.ts';
import { fileDropGateway } from '../platform/sms.ts';
import { type DeliverDeps, committedOf } from '../trust/notices/index.ts';
import { type Bundle, proveRecord } from '../trust/transparency-log/index.ts';
import type { Installation } from './installation.ts';
import { logFolder } from './log.ts';

/** What carrying letters needs of an installation. Short messages: sample installations drop them into a folder. */
export function deliverDepsOf({
  config,
  notices,
}: Pick<Installation, 'config' | 'notices'>): DeliverDeps {
  const { smtp, sample, varDir, origin } = config;
  const { clock, rulebook, place } = notices;
  const waitMs =
    limitsUnder(rulebook(), 'notices.', clock.today(), place).figure('carrier.seconds') * 1_000;
  return {
    ...notices,
    carriers: {
      mail: smtp === undefined ? null : smtpMailer(smtp, waitMs),
      sms: sample ? fileDropGateway(resolve(varDir, 'sms-out')) : null,
    },
    name: origin === null ? 'xinheng.local' : new URL(origin).hostname,
  };
}

/** The proof of the service of a letter. Refuses `notices.no-such-letter` and what proving refuses. */
export async function proofOfService(
  { config, database }: Pick<Installation, 'config' | 'database'>,
  letter: Id,
): Promise<Result<Bundle>> {
  const committed = await committedOf(database, letter);
  if (!committed.ok) return committed;
  const folder = logFolder(config.varDir);
  return proveRecord({ database, folder }, `letter:${letter}`, committed.value);
}
