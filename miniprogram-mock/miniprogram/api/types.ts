// What may be called, and with what: read off the server's own document, so that a wrong path or field does not compile.
import type { paths } from './schema';

type Method = 'get' | 'post' | 'put' | 'delete';

/** The paths that know the method. */
export type PathOf<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never }[keyof paths];

export type UploadPath = { [P in PathOf<'post'>]: Operation<P, 'post'> extends { requestBody: { content: { 'multipart/form-data': unknown } } } ? P : never }[PathOf<'post'>];

type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Parameters<O, Place extends 'path' | 'query'> = O extends { parameters: Record<Place, infer V> } ? V : O extends { parameters: { [K in Place]?: infer V } } ? V : never;
type JsonBody<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;
type BodyNeeded<O> = O extends { requestBody: { content: object } } ? true : false;

/** The body of a good answer; undefined where there is none, unknown where the server's document does not describe it. */
export type DataOf<P extends keyof paths, M extends Method> = Operation<P, M> extends { responses: infer R } ? BodyOf<R[keyof R & (200 | 201 | 202)]> : never;
type BodyOf<R> = [R] extends [never] ? undefined : R extends { content: { 'application/json': infer B } } ? B : R extends { content?: never } ? unknown : undefined;

/** What goes up as the JSON body of the call. */
export type BodyOfCall<P extends keyof paths, M extends Method> = JsonBody<Operation<P, M>>;

type PathOption<O> = [Parameters<O, 'path'>] extends [never] ? unknown : [undefined] extends [Parameters<O, 'path'>] ? unknown : { path: Parameters<O, 'path'> };
type QueryOption<O> = [NonNullable<Parameters<O, 'query'>>] extends [never] ? unknown : { query?: Parameters<O, 'query'> };
type BodyOption<O> = [JsonBody<O>] extends [never] ? unknown : BodyNeeded<O> extends true ? { body: JsonBody<O> } : { body?: JsonBody<O> };

/** Lets a caller give up: the call fails with the kind `aborted`. Made by createAborter(): WeChat has no AbortController. */
export interface AbortSignal {
  readonly aborted: boolean;
  /** Calls back once when aborted; the answer takes the listener away again. */
  onAbort(listener: () => void): () => void;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** For one try; by default the client's. */
  timeoutMs?: number;
}

export type GetOptions<P extends PathOf<'get'>> = CallOptions & PathOption<Operation<P, 'get'>> & QueryOption<Operation<P, 'get'>>;
export type PostOptions<P extends PathOf<'post'>> = CallOptions & PathOption<Operation<P, 'post'>> & QueryOption<Operation<P, 'post'>>
  & BodyOption<Operation<P, 'post'>> & {
    /** One per intention of the user; made up when absent. Name it to make a second tap the same call. */
    idempotencyKey?: string;
    ifMatch?: VersionTag;
  };
export type PutOptions<P extends PathOf<'put'>> = CallOptions & PathOption<Operation<P, 'put'>> & QueryOption<Operation<P, 'put'>>
  & BodyOption<Operation<P, 'put'>> & { ifMatch?: VersionTag };
export type DeleteOptions<P extends PathOf<'delete'>> = CallOptions & PathOption<Operation<P, 'delete'>> & QueryOption<Operation<P, 'delete'>> & { ifMatch?: VersionTag };

/** A filing's `version`, or the ETag of an answer as it came. */
export type VersionTag = number | string;

export interface Progress {
  /** 0 to 100. */
  percent: number;
  sentBytes: number;
  totalBytes: number;
}

type FormOf<P extends UploadPath> = Operation<P, 'post'> extends { requestBody: { content: { 'multipart/form-data': infer F } } } ? Omit<F, 'file'> : never;

export type UploadOptions<P extends UploadPath> = CallOptions & PathOption<Operation<P, 'post'>> & QueryOption<Operation<P, 'post'>> & {
  /** A temporary file of wx.chooseMedia and the like. */
  filePath: string;
  /** The form's field that carries the file; `file` by default. */
  name?: string;
  fileName?: string;
  fields?: FormOf<P>;
  onProgress?(progress: Progress): void;
  idempotencyKey?: string;
};
export type DownloadOptions<P extends PathOf<'get'>> = GetOptions<P> & { onProgress?(progress: Progress): void };

export interface Answer<T> {
  data: T;
  status: number;
  /** As the server wrote it, quotes and all: good for ifMatch and ifNoneMatch. */
  etag: string | null;
  /** True when the server had done this very call before, and repeated its answer. */
  replayed: boolean;
}

/** A call under way: a promise that can be given up. */
export type Call<T> = Promise<T> & { abort(): void };

/** Options may be left out where nothing in them is required. */
type Rest<O> = Record<string, never> extends O ? [options?: O] : [options: O];

export interface Client {
  /** With ifNoneMatch the data is undefined when nothing changed (status 304). */
  get<P extends PathOf<'get'>>(path: P, options: GetOptions<P> & { ifNoneMatch: string | undefined }): Call<Answer<DataOf<P, 'get'> | undefined>>;
  get<P extends PathOf<'get'>>(path: P, ...options: Rest<GetOptions<P>>): Call<Answer<DataOf<P, 'get'>>>;
  post<P extends PathOf<'post'>>(path: P, ...options: Rest<PostOptions<P>>): Call<Answer<DataOf<P, 'post'>>>;
  put<P extends PathOf<'put'>>(path: P, ...options: Rest<PutOptions<P>>): Call<Answer<DataOf<P, 'put'>>>;
  delete<P extends PathOf<'delete'>>(path: P, ...options: Rest<DeleteOptions<P>>): Call<Answer<DataOf<P, 'delete'>>>;
  /** One file by wx.uploadFile, with the form's other fields. */
  upload<P extends UploadPath>(path: P, options: UploadOptions<P>): Call<Answer<DataOf<P, 'post'>>>;
  /** The bytes of an answer as a temporary file. */
  download<P extends PathOf<'get'>>(path: P, options: DownloadOptions<P>): Call<{ tempFilePath: string; status: number }>;
  /** Signs in now, whether or not there are tokens, and tells who it is. */
  signIn(): Promise<SignedIn>;
  /** Ends the session; the tokens are gone afterwards even when the server could not be told. */
  signOut(options?: { all?: boolean }): Promise<void>;
  /** The app shows again: calls that WeChat cut in the background are made once more. Called by wx.onAppShow where there is one. */
  resumed(): void;
}

export type SignedIn = DataOf<'/api/v1/auth/wechat', 'post'>['user'];

/** What the app keeps for us between starts. Personal: never log it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Who is signed in. */
  userId: string;
}
