/** Any rulebook file: a union over `kind`. */
import { z } from 'zod';
import { calendarSchema, codesSchema } from './codes.ts';
import { directorySchema } from './directory.ts';
import { noticesSchema } from './notices.ts';
import { provisionsSchema } from './provisions.ts';
import { purposesSchema } from './purposes.ts';
import { releaseSchema } from './release.ts';
import { rolesSchema } from './roles.ts';
import { standardSchema } from './standards.ts';
import {
  classStandardSchema,
  limitsSchema,
  localBoundSchema,
  regimeSchema,
  sectorsSchema,
  transitionSchema,
} from './terms.ts';

/** Schema of one rulebook file. */
export const documentSchema = z.discriminatedUnion('kind', [
  provisionsSchema,
  directorySchema,
  standardSchema,
  codesSchema,
  calendarSchema,
  regimeSchema,
  transitionSchema,
  classStandardSchema,
  localBoundSchema,
  sectorsSchema,
  limitsSchema,
  releaseSchema,
  rolesSchema,
  purposesSchema,
  noticesSchema,
]);

/** One edition as it stands in a file or in the database. */
export type Document = z.infer<typeof documentSchema>;
export type DocumentKind = Document['kind'];
export type DocumentOf<K extends DocumentKind> = Extract<Document, { kind: K }>;
