/**
 * One door (design.md §2.4): every change is an act by an actor, on a ground, with a trace id.
 * These types are shared by all floors; the door itself is `trust/audit`, bound by `app`.
 */
import type { Instant } from './day.ts';
import type { Id } from './ids.ts';
import type { Result } from './result.ts';

/** Who acts: an account, for a unit, in a position (a role of `rulebook/roles.yaml`). */
export type Actor = {
  readonly account: string;
  /** Unified code of the unit the account acts for. */
  readonly unit: string;
  readonly position: string;
};

/**
 * Why an act may be done. `provision` is the pointer into the rulebook (`instrument#article`) where
 * the law asks for one; `reason` is the actor's own sentence.
 */
export type Ground = {
  readonly provision?: string;
  readonly reason: string;
};

/** What is asked of the door: one named change to one thing. */
export type ActRequest = {
  /** `feature.verb`, e.g. `collection.receive`, `link.confirm`. */
  readonly kind: string;
  /** Permission of `rulebook/roles.yaml` the actor's position must hold, e.g. `link:confirm`. */
  readonly needs: string;
  readonly actor: Actor;
  readonly ground: Ground;
  readonly traceId: string;
  /** What it is done to: `batch:…`, `record:…`, `subject:…`, `edition:…`. */
  readonly object: string;
  /** Facts of the act that its commitment must cover; no personal data. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
  /** The act this one needs a second person for; the door refuses the same account twice. */
  readonly second?: { readonly firstAct: Id };
};

/** An act that has passed the door; `commitment` (hexadecimal) is what the log will hold of it. */
export type Act = ActRequest & {
  readonly id: Id;
  readonly at: Instant;
  readonly commitment: string;
};

/**
 * The door: authorises, records the act and its commitment in the caller's transaction, and gives it
 * back. Refuses `door.unknown-account`, `door.not-your-position`, `door.not-permitted`,
 * `door.same-person`, `door.unknown-act`. `Tx` is the platform's transaction.
 */
export type Door<Tx> = {
  readonly pass: (tx: Tx, request: ActRequest) => Promise<Result<Act>>;
};

/** What was no act and is recorded all the same: signing in and out, and what was denied. */
export type AccessEvent = {
  /** `sign-in`, `sign-in-refused`, `second-factor-refused`, `locked`, `signed-out`, `denied`, … */
  readonly kind: string;
  readonly account: string | null;
  /** Address of the reader; `null` where it can not be told. */
  readonly address: string | null;
  /** Method and pattern of the route, or the command. */
  readonly route: string | null;
  /** No password, no code, no token, no name of a person. */
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** Records events, each with its commitment, in the caller's transaction. */
export type EventLog<Tx> = (tx: Tx, event: AccessEvent) => Promise<void>;

/** Actor used by the installation itself: migrations, loading the shipped rulebook, sweeps. */
export const systemActor: Actor = { account: 'system', unit: 'operator', position: 'system' };
