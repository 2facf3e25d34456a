import { ApiError } from '../api/index';
import { commonTexts } from '../i18n/common';
import { fill, texts } from '../i18n/index';

/** What went wrong, in words for the person on the screen. */
export interface Trouble {
  readonly title: string;
  readonly text: string;
  /** The number that finds the request in the service's logs, in a sentence; empty where nobody could help with it. */
  readonly help: string;
  /** The stable code of the problem; empty where the service did not answer. Never shown. */
  readonly code: string;
}

/** Never throws: whatever was thrown becomes a sentence. */
export function trouble(error: unknown): Trouble {
  const t = texts(commonTexts);
  if (!(error instanceof ApiError)) {
    return { title: t.unknown, text: '', help: '', code: '' };
  }

  const help = error.traceId ? fill(t.help, { id: error.traceId.slice(0, 8) }) : '';
  switch (error.kind) {
    case 'offline':
      return { title: t.offlineTitle, text: t.offline, help: '', code: '' };
    case 'timeout':
      return { title: t.timeout, text: '', help: '', code: '' };
    case 'server':
      return { title: t.server, text: '', help, code: error.code ?? '' };
    case 'unavailable':
      return { title: error.title || t.unavailable, text: error.detail || '', help: '', code: error.code ?? '' };
    case 'rateLimited':
      return { title: error.title || fill(t.rateLimited, { seconds: error.retryAfterSeconds ?? 60 }), text: words(error), help: '', code: error.code ?? '' };
    case 'unauthorized':
      return { title: t.signedOut, text: '', help: '', code: error.code ?? '' };
    case 'notFound':
      return { title: t.notFound, text: '', help: '', code: error.code ?? '' };
    default:
      return { title: error.title || t.unknown, text: words(error), help: '', code: error.code ?? '' };
  }
}

function words(error: ApiError): string {
  const fields = error.errors.map((field) => field.message).filter((message) => message !== error.detail);
  return [error.detail, ...fields, error.remedy].filter(Boolean).join('\n');
}

/** Says in a toast-like dialog what went wrong. */
export function showTrouble(error: unknown): void {
  const { title, text, help } = trouble(error);
  void wx.showModal({ title, content: [text, help].filter(Boolean).join('\n'), showCancel: false, confirmText: texts(commonTexts).confirm });
}
