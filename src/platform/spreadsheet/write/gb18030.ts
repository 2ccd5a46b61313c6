/**
 * Text to GB18030. The encoder follows the edition of 2005 and decoders that of 2022, so eighteen
 * characters of the private use area come back as the Unicode characters that have replaced them, and
 * one (U+E5E5) has no bytes at all. Both are counted, so that no change passes in silence.
 */
import iconv from 'iconv-lite';

const unfaithful = /[\ue5e5\ue78d-\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864]|\p{Cs}/u;
const unwritable = /\ue5e5|\p{Cs}/gu;

/** Whether a text changes when it is written in GB18030 and read again. */
export function changesInGb18030(text: string): boolean {
  return unfaithful.test(text);
}

/** The bytes of a text; what has none becomes U+FFFD. */
export function encodeGb18030(text: string): Buffer {
  return iconv.encode(text.replace(unwritable, '\ufffd'), 'gb18030');
}
