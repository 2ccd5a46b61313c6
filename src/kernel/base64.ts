/** Base64 (RFC 4648, section 4) read strictly: one value has one text, or what was signed could be bent. */

/** The bytes a text stands for; `null` when it is not exactly the text those bytes are written as. */
export function readBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
