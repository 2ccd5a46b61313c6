/** 告知: letters and messages as texts with named places, to whom, how they go, and when they count as served. */
import { z } from 'zod';
import { confidenceSchema, headerShape, pointerSchema } from './header.ts';

/** Ways a letter goes: into the office, into the space of an organisation, by mail, by short message. */
export const noticeChannelSchema = z.enum(['office', 'my', 'mail', 'sms']);
export type NoticeChannel = z.infer<typeof noticeChannelSchema>;

/**
 * To whom: one account; the officers of a unit in the positions of `readers`; an organisation, by whoever
 * holds it; everybody in a position.
 */
export const noticeAddresseeSchema = z.enum(['account', 'unit', 'organisation', 'position']);
export type NoticeAddressee = z.infer<typeof noticeAddresseeSchema>;

/** What may stand in a place. `text`: one line of plain words without numbers of persons. */
export const noticeValueTypeSchema = z.enum(['code', 'text', 'day', 'instant', 'count']);

const code = z.string().regex(/^[a-z][a-z0-9-]{1,58}$/);
// Plain text: no control character but the end of a line, nothing that could be a tag.
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cf}<>]+$/u, 'must be one line of plain text');
const lines = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^(?:[^\p{Cc}\p{Cf}<>]|\n)+$/u, 'must be plain text');

/** When a letter nobody acknowledged counts as served all the same. */
export const deemedSchema = z.strictObject({
  /** So many after the day on which it was first delivered; that day is not counted. */
  count: z.number().int().min(1).max(365),
  unit: z.enum(['day', 'workday']),
  basis: z.array(pointerSchema),
  /** Nothing is deemed under a rule that is unconfirmed. */
  confidence: confidenceSchema,
});
export type Deemed = z.infer<typeof deemedSchema>;

/** One letter. Places are written `{name}`; each is declared, and each declared one is used. */
export const noticeTemplateSchema = z.strictObject({
  code,
  name: z.string().min(1),
  nameEn: z.string().min(1),
  /** Provisions it rests on; empty where nobody found one. */
  basis: z.array(pointerSchema),
  to: noticeAddresseeSchema,
  /** Positions of a unit whose officers read it; for letters to units only. */
  readers: z.array(code).min(1).optional(),
  /** In this order; each is tried, whatever became of the others. */
  channels: z.array(noticeChannelSchema).min(1),
  /** Whether it has to be proved that it was served. */
  proof: z.boolean(),
  deemed: deemedSchema.nullable(),
  values: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-zA-Z]{0,29}$/),
      type: noticeValueTypeSchema,
      /** Longest `text`, in characters. */
      most: z.number().int().min(1).max(500).optional(),
      what: z.string().min(1),
    }),
  ),
  title: z.strictObject({ zh: line(60), en: line(120) }),
  body: z.strictObject({ zh: lines, en: lines }),
});
export type NoticeTemplate = z.infer<typeof noticeTemplateSchema>;

/** Letters of a matter. A lower layer adds letters; one of a code the upper has takes its place. */
export const noticesSchema = z.strictObject({
  kind: z.literal('notices'),
  ...headerShape,
  notices: z.array(noticeTemplateSchema).min(1),
});

/** Names of the places in a text, each once. */
export function placesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? ''))];
}
