export { createClient } from './client';
export { ApiError } from './errors';
export type { ErrorKind, Language } from './errors';
export type { Platform } from './platform';
export type { ClientOptions } from './settings';
export { createAborter } from './signal';
export type { Aborter } from './signal';
export type {
  AbortSignal, Answer, BodyOfCall, Call, Client, DataOf, DeleteOptions, DownloadOptions, GetOptions, PathOf, PostOptions, Progress, PutOptions, SignedIn, Tokens,
  UploadOptions, UploadPath, VersionTag,
} from './types';
