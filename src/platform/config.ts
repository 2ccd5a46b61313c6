/**
 * The environment, read once and checked (architecture.md §5.10). Everything has a default that runs
 * on one laptop; what is wrong is refused at start with the variable's name.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseInstant } from '../kernel/day.ts';
import { type Result, ok, refuse } from '../kernel/result.ts';
import { type Clock, shiftedClock, systemClock } from './clock.ts';
import type { SmtpConfig } from './mail.ts';
import { type OidcConfig, isLoopbackAddress } from './oidc.ts';

/** Folder of the installation: the nearest one above this file that holds package.json. */
export function installationRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(resolve(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  /** Folder for data, files, inbox; default `var/` in the installation. */
  XINHENG_VAR: z.string().min(1).optional(),
  /** Further rulebook folders (a city's own), separated by `:`. */
  XINHENG_RULEBOOK: z.string().optional(),
  XINHENG_HOST: z.string().default('127.0.0.1'),
  XINHENG_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  /** Where the public reaches the portal, for addresses in feeds and the site map. */
  XINHENG_ORIGIN: z
    .string()
    .regex(
      /^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/,
      'must be like https://credit.example.gov.cn',
    )
    .optional(),
  /** Division code of the place this installation serves. */
  XINHENG_JURISDICTION: z
    .string()
    .regex(/^\d{6}$/)
    .default('320100'),
  /** `1` marks a sample installation: sample actors, sample banner, two confirmations by seed. */
  XINHENG_SAMPLE: z.enum(['0', '1']).default('0'),
  /** An instant the clock starts from; refused outside sample installations and tests. */
  XINHENG_CLOCK: z
    .string()
    .refine((text) => parseInstant(text) !== null, 'must be an ISO instant with offset')
    .optional(),
  /** Name of the transparency log, like `credit.example.gov.cn/log`; a log that was begun keeps its own. */
  XINHENG_LOG_ORIGIN: z
    .string()
    .regex(
      /^[a-z0-9.-]{1,100}(\/[a-z0-9._-]{1,50}){0,4}$/,
      'must be like credit.example.gov.cn/log',
    )
    .optional(),
  XINHENG_LOG_HASH: z.enum(['sha256', 'sm3']).optional(),
  /** Witnesses of the log, separated by commas: `<verifier>@<address>` each. */
  XINHENG_LOG_WITNESSES: z.string().default(''),
  /** An identity provider for officers (OpenID Connect), and who we are to it. */
  XINHENG_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an address like https://id.example.gov.cn' })
    .optional(),
  XINHENG_OIDC_CLIENT_ID: z.string().min(1).max(200).optional(),
  XINHENG_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  XINHENG_OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  /** A mail server letters are given to. TLS is insisted on; `none` to this machine only. */
  XINHENG_SMTP_HOST: z
    .string()
    .regex(/^[a-z0-9.-]{1,253}$/i, 'must be a name or address of a server')
    .optional(),
  XINHENG_SMTP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  XINHENG_SMTP_TLS: z.enum(['starttls', 'implicit', 'none']).default('starttls'),
  XINHENG_SMTP_USER: z.string().min(1).max(200).optional(),
  XINHENG_SMTP_PASSWORD_FILE: z.string().min(1).optional(),
  XINHENG_SMTP_FROM: z
    .string()
    .regex(/^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,189}$/, 'must be a plain address')
    .optional(),
  /** Certificates that are trusted beside the usual ones, in PEM. */
  XINHENG_SMTP_CA_FILE: z.string().min(1).optional(),
  XINHENG_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

/** What is configured of the transparency log. */
export type LogConfig = {
  /** Its name, where it is not begun yet. */
  readonly origin: string;
  readonly hash: 'sha256' | 'sm3';
  /** Whether somebody named one of them, so that a log begun with others is refused. */
  readonly insist: boolean;
  /** Verifier and address of each witness, as they were written. */
  readonly witnesses: readonly { readonly verifier: string; readonly address: string }[];
};

/** Checked configuration of one process. Paths are absolute. */
export type Config = {
  readonly root: string;
  readonly varDir: string;
  readonly rulebookDirs: readonly string[];
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** Scheme and name the public reaches the portal by; `null`: as each reader asked for it. */
  readonly origin: string | null;
  readonly jurisdiction: string;
  readonly sample: boolean;
  readonly log: LogConfig;
  /** The identity provider officers may sign in through; not given: none. */
  readonly oidc?: OidcConfig;
  /** The mail server letters are given to; not given: none, and letters say so. */
  readonly smtp?: SmtpConfig;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  readonly clock: Clock;
  /** Whether the clock was set to another moment: for sample installations only. */
  readonly clockSet?: boolean;
  /** The sample city to be founded where nothing else is. */
  readonly sampleCity?: { readonly organisations: number; readonly seed: number };
};

/** What a command line says instead of the environment. */
export type ConfigOverrides = Partial<Pick<Config, 'host' | 'port' | 'sampleCity'>>;

/** Reads the environment; refuses with `config.invalid {variable, reason}`. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  overrides: ConfigOverrides = {},
): Result<Config> {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse('config.invalid', {
      variable: String(issue?.path[0] ?? ''),
      reason: issue?.message ?? '',
    });
  }
  const values = parsed.data;
  const root = installationRoot();
  const witnesses = readWitnesses(values.XINHENG_LOG_WITNESSES);
  if (witnesses === null) {
    const reason = 'must be <verifier>@<http address>, separated by commas';
    return refuse('config.invalid', { variable: 'XINHENG_LOG_WITNESSES', reason });
  }
  const oidc = readOidc(values);
  if (!oidc.ok) return oidc;
  const smtp = readSmtp(values);
  if (!smtp.ok) return smtp;
  const start = values.XINHENG_CLOCK === undefined ? null : parseInstant(values.XINHENG_CLOCK);
  return ok({
    root,
    varDir: resolve(values.XINHENG_VAR ?? resolve(root, 'var')),
    rulebookDirs: [
      resolve(root, 'rulebook'),
      ...(values.XINHENG_RULEBOOK ?? '')
        .split(':')
        .filter(Boolean)
        .map((dir) => resolve(dir)),
    ],
    databaseUrl: values.DATABASE_URL ?? null,
    host: values.XINHENG_HOST,
    port: values.XINHENG_PORT,
    origin: values.XINHENG_ORIGIN ?? null,
    jurisdiction: values.XINHENG_JURISDICTION,
    sample: values.XINHENG_SAMPLE === '1',
    log: { ...logOf(values), witnesses },
    ...(oidc.value === null ? {} : { oidc: oidc.value }),
    ...(smtp.value === null ? {} : { smtp: smtp.value }),
    logLevel: values.XINHENG_LOG,
    clock: start === null ? systemClock : shiftedClock(start),
    clockSet: start !== null,
    ...overrides,
  });
}

function secretIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** All that is needed for an identity provider, or none of it. */
function readOidc(values: z.output<typeof environmentSchema>): Result<OidcConfig | null> {
  const wrong = (name: string, reason: string) =>
    refuse('config.invalid', { variable: `XINHENG_${name}`, reason });
  const issuer = values.XINHENG_OIDC_ISSUER;
  if (issuer === undefined) return ok(null);
  if (issuer.startsWith('http:') && !isLoopbackAddress(issuer)) {
    return wrong('OIDC_ISSUER', 'must begin with https://');
  }
  const clientId = values.XINHENG_OIDC_CLIENT_ID;
  if (clientId === undefined) return wrong('OIDC_CLIENT_ID', 'is needed beside the issuer');
  const file = values.XINHENG_OIDC_CLIENT_SECRET_FILE;
  const clientSecret = file === undefined ? values.XINHENG_OIDC_CLIENT_SECRET : secretIn(file);
  if (clientSecret === null || clientSecret === '') {
    return wrong('OIDC_CLIENT_SECRET_FILE', 'must be a file with the secret');
  }
  if (clientSecret === undefined) return wrong('OIDC_CLIENT_SECRET', 'is needed, or its file');
  // The provider sends browsers back to one address, which must not be whatever a request calls us.
  if (values.XINHENG_ORIGIN === undefined) return wrong('ORIGIN', 'is needed beside the issuer');
  return ok({ issuer, clientId, clientSecret });
}

/** All that is needed for a mail server, or none of it. */
function readSmtp(values: z.output<typeof environmentSchema>): Result<SmtpConfig | null> {
  const wrong = (name: string, reason: string) =>
    refuse('config.invalid', { variable: `XINHENG_SMTP_${name}`, reason });
  const { XINHENG_SMTP_HOST: host, XINHENG_SMTP_TLS: tls, XINHENG_SMTP_FROM: from } = values;
  if (host === undefined) return ok(null);
  if (tls === 'none' && !isLoopbackAddress(`http://${host}`)) {
    return wrong('TLS', 'may be none only to this machine');
  }
  if (from === undefined) return wrong('FROM', 'is needed beside the host');
  const { XINHENG_SMTP_USER: user, XINHENG_SMTP_PASSWORD_FILE: file } = values;
  const password = file === undefined ? null : secretIn(file);
  if ((user === undefined) !== (file === undefined)) {
    return wrong('PASSWORD_FILE', 'is needed beside the user, and only there');
  }
  if (file !== undefined && (password === null || password === '')) {
    return wrong('PASSWORD_FILE', 'must be a file with the password');
  }
  const { XINHENG_SMTP_CA_FILE: caFile } = values;
  const ca = caFile === undefined ? null : secretIn(caFile);
  if (caFile !== undefined && ca === null) return wrong('CA_FILE', 'must be a file');
  const login = user === undefined || password === null ? null : { user, password };
  const port = values.XINHENG_SMTP_PORT ?? (tls === 'implicit' ? 465 : 587);
  return ok({ host, port, tls, login, from, ca });
}

/** Name of the log of a place (division code) that has neither a name for it nor an address. */
export function logNameAt(place: string): string {
  return `xinheng.local/${place}/log`;
}

type LogValues = Pick<
  z.output<typeof environmentSchema>,
  'XINHENG_LOG_ORIGIN' | 'XINHENG_LOG_HASH' | 'XINHENG_ORIGIN' | 'XINHENG_JURISDICTION'
>;

/** Name and hash of the log: named, or after the portal's address, or after the place. */
function logOf(values: LogValues): Omit<LogConfig, 'witnesses'> {
  const { XINHENG_LOG_ORIGIN: named, XINHENG_LOG_HASH: hash, XINHENG_ORIGIN: portal } = values;
  const host = portal?.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
  return {
    origin: named ?? (host === undefined ? logNameAt(values.XINHENG_JURISDICTION) : `${host}/log`),
    hash: hash ?? 'sha256',
    insist: named !== undefined || hash !== undefined,
  };
}

function readWitnesses(text: string): LogConfig['witnesses'] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const found = parts.map((part) => /^([^@]+)@(https?:\/\/\S+)$/.exec(part));
  return found.every((one) => one !== null)
    ? found.map((one) => ({ verifier: one[1]!, address: one[2]! }))
    : null;
}

/** File that phases of a run are appended to (`XINHENG_PHASES`), for kill tests; `null` without it. */
export function phaseFile(): string | null {
  return process.env['XINHENG_PHASES'] ?? null;
}

/** Whether the person at the terminal asked for everything (`XINHENG_LOG=debug`). */
export function debugging(): boolean {
  return process.env['XINHENG_LOG'] === 'debug';
}
