export { createClient } from './client';
export type { ClientOptions } from './client';
export { ApiError } from './errors';
export type { ErrorKind, Language } from './errors';
export type { Platform } from './platform';
export { createAborter } from './signal';
export type { Aborter } from './signal';
export type {
  AbortSignal, Answer, BodyOfCall, Call, Client, DataOf, DeleteOptions, DownloadOptions, GetOptions, PathOf, PostOptions, Progress, PutOptions, SignedIn, Tokens,
  UploadOptions, UploadPath, VersionTag,
} from './types';
