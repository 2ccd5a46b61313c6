/** A row of a register, by the fields that the registers fill. */

/** Fields of the base library (standard `base-library`) that the registers fill. */
export const registryFields = [
  'ztmc',
  'tyshxydm',
  'zch',
  'cym',
  'fddbr',
  'clrq',
  'dz',
  'djjg',
  'zczb',
  'hydm',
  'lx',
  'jyfw',
  'jyzt',
  'sf',
  'cs',
] as const;

/** One row of a register by field. */
export type RegistryRow = Record<(typeof registryFields)[number], string>;
