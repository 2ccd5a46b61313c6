/** 审计: the door every change passes, and the record of having passed it. */
export { type DoorDeps, makeDoor } from './service.ts';
export { actsAbout } from './store.ts';
