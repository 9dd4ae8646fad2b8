export { dataUrl } from './data-url.ts';
export { newId } from './new-id.ts';
export { shrinkPhoto } from './shrink-photo.ts';
export { isLarge, uploadFile } from './upload.ts';
