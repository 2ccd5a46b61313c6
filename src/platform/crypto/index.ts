export { isPassword, keepPassword } from './password.ts';
export type { CryptoProvider, PublicKey, Signature } from './provider.ts';
export { checkEd25519, checkSm2, softwareCrypto, verifyWith } from './software.ts';
export { strengthOf } from './strength.ts';
