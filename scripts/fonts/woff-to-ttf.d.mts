/** Sum of a table's 32-bit numbers. */
export function tableChecksum(bytes: Buffer): number;
/** The TrueType or OpenType font inside a WOFF file; throws when the file does not add up. */
export function woffToTtf(woff: Buffer): Buffer;
