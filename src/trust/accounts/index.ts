/** 账户: who may act. Accounts are seeded; sign-in, sessions and roles come with the office. */
export { type Account, findAccount, insertAccount, listAccounts } from './store.ts';
