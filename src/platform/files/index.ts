export { type FileStore, type StoredFile, folderStore } from './store.ts';
