/** 归集通报: the monthly bulletin on departments' deliveries, with their confirmation. */
export { type BulletinBody, type DepartmentLine, type Kept, type Score } from './domain.ts';
export {
  type BulletinDeps,
  type BulletinOutcome,
  type BulletinRequest,
  type ResponseRequest,
  answerContest,
  cancelBulletin,
  draftBulletin,
  publishBulletin,
  respond,
  sendBulletin,
} from './service.ts';
export {
  type BulletinActions,
  type OpenStep,
  bulletinActions,
  responseActions,
} from './service-actions.ts';
export {
  type Bulletin,
  bulletinsUnderWay,
  publishedBulletin,
  readBulletin,
  readBulletinById,
} from './service-read.ts';
export { listBulletins, publishedEditions } from './store.ts';
