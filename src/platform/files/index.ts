export { type FileStore, type StoredFile, folderStore } from './store.ts';
export { readWhole, settle, writeWhole } from './plain.ts';
export { fileOnDisk } from './on-disk.ts';
