export type { CryptoProvider, PublicKey, Signature } from './provider.ts';
export { softwareCrypto, verifyWith } from './software.ts';
