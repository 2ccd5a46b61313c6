/** 查询目的: for what restricted data may be read, by whom, how much of it, and on which ground. */
import { z } from 'zod';
import { headerShape, pointerSchema } from './header.ts';
import { channelSchema } from './terms.ts';

/** How far a reader's records reach: those of its own unit, of units its region holds, or of all. */
export const reachSchema = z.enum(['own', 'region', 'all']);
export type Reach = z.infer<typeof reachSchema>;

/** Audiences of fields a purpose may open; `never` is opened by none. */
export const readableSchema = z.enum(['public', 'government', 'authorised']);
export type Readable = z.infer<typeof readableSchema>;

const code = z.string().regex(/^[a-z][a-z0-9-]{1,58}$/);

/** One purpose. Without a provision in force nothing may be read for it. */
export const purposeSchema = z.strictObject({
  code,
  name: z.string().min(1),
  nameEn: z.string().min(1),
  /** The first of them in force carries the reading. */
  basis: z.array(pointerSchema).min(1),
  allow: z.array(z.strictObject({ positions: z.array(code).min(1), records: reachSchema })).min(1),
  fields: z.array(readableSchema).min(1),
  /** A record is read while any of these is open; `any`: whatever its windows say. */
  channels: z.union([z.literal('any'), z.array(channelSchema).min(1)]),
  /** What the number of the matter is, where one has to be named. */
  matter: z.string().min(1).nullable(),
  /** Subjects an account or client may open for it in a day. */
  perDay: z.number().int().positive(),
  /** On which ground, and for how long at most, the subject may be told later. */
  deferral: z
    .strictObject({ basis: z.array(pointerSchema).min(1), daysMost: z.number().int().positive() })
    .optional(),
});
export type Purpose = z.infer<typeof purposeSchema>;

/** Purposes of a place. A lower layer adds purposes; one of a code the upper has takes its place. */
export const purposesSchema = z.strictObject({
  kind: z.literal('purposes'),
  ...headerShape,
  purposes: z.array(purposeSchema).min(1),
});
