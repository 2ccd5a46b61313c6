/** 账户: who may act, how they sign in, and who made them so. */
export {
  type ClientPolicy,
  type ClientWanted,
  clientPolicyOn,
  readPublicKey,
  writePublicKey,
} from './domain-client.ts';
export { type OidcPolicy, type OidcSubject, oidcPolicyOn } from './domain-oidc.ts';
export { type AccountPolicy, policyOn } from './domain-policy.ts';
export {
  type RequestParts,
  contentDigest,
  signatureBase,
  signatureText,
} from './domain-signature.ts';
export {
  type EnterprisePolicy,
  type Rights,
  enterprisePolicyOn,
  isEnterpriseCode,
} from './domain-enterprise.ts';
export {
  type BindingForm,
  type DelegateForm,
  type EnterpriseDeps,
  type Opens,
  type ProofOf,
  bindOrganisation,
  delegatesOf,
  endDelegate,
  makeOneTimeCode,
  nameDelegate,
  oneTimeCodeProof,
  opensOf,
} from './service-enterprise.ts';
export { type Delegation, holderOf } from './store-enterprise.ts';
export { codeAt, stepOf } from './domain-totp.ts';
export {
  type Decided,
  type ManageDeps,
  type OnAccount,
  beginAccounts,
  decideAccount,
  disableAccount,
  proposeAccount,
  resetAccount,
  whyNotDecide,
} from './service-manage.ts';
export { enterSampleAccounts, sampleAccounts } from './service-samples.ts';
export {
  type Known,
  type OpenedSession,
  type Origin,
  type SignInDeps,
  beginTotp,
  changePassword,
  devicesOf,
  endSession,
  enrolTotp,
  giveCode,
  sessionOf,
  signIn,
} from './service-sign-in.ts';
export { type OidcDeps, beginOidc, finishOidc } from './service-oidc.ts';
export {
  type SignatureDeps,
  type SignedRequest,
  claimedSigner,
  signerOf,
} from './service-signature.ts';
export {
  type Account,
  type AccountWanted,
  findAccount,
  insertAccount,
  listAccounts,
} from './store.ts';
export { type AccountChange, findChange, openChanges } from './store-changes.ts';
export { type UnitAccounts, countByUnit } from './store-units.ts';
export { type Client, findClient, forgetNonces, listClients } from './store-clients.ts';
export { forgetAttempts, listSubjects } from './store-oidc.ts';
export { setPassword } from './store-credentials.ts';
