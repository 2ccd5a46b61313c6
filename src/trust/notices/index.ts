/** 告知: letters from the rulebook, how they are carried, and what became of each. */
export { type DatedTemplate, type Letter, digestOfText, plainLine, templatesOn } from './domain.ts';
export type { Address, AddressHolder, Medium } from './domain-address.ts';
export { type Service, type ServiceEvent, whyNotAcknowledge } from './domain-service.ts';
export {
  type NoticeDeps,
  type OpenedLetter,
  acknowledgeLetter,
  committedLetters,
  committedOf,
  committedService,
  letterWith,
  makeNotify,
  openLetter,
  sendNotice,
} from './service.ts';
export {
  type AddressGiven,
  addressHistory,
  giveAddress,
  giveOwnAddress,
} from './service-address.ts';
export { type Carriers, type DeliverDeps, type Sweep, deliverNotices } from './service-deliver.ts';
export { type InboxOf, type StandingLetter, countUnread, listLetters } from './store.ts';
export { type Standing, outboxState } from './store-standing.ts';
