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
  /** Trying again cannot help: what was asked for is not there. */
  readonly gone?: boolean;
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
      return { title: spoke(error) ? error.title : t.unavailable, text: spoke(error) ? error.detail : '', help: '', code: error.code };
    case 'rateLimited':
      return { title: spoke(error) ? error.title : t.rateLimited, text: waitText(error), help: '', code: error.code };
    case 'unauthorized':
      return { title: t.signedOut, text: '', help: '', code: error.code ?? '' };
    case 'notFound':
      return { title: t.notFound, text: '', help: '', code: error.code ?? '', gone: true };
    default:
      return { title: error.title || t.unknown, text: words(error), help: '', code: error.code ?? '' };
  }
}

/** Whether the words are the service's own; the client has some for where nothing readable came. */
const spoke = (error: ApiError): boolean => !error.code.startsWith('client.');

/** How long to wait, in place of a remedy that names a header nobody can see. */
function waitText(error: ApiError): string {
  const t = texts(commonTexts);
  const seconds = error.retryAfterSeconds ?? 60;
  const [unit, length] = seconds < 120 ? [t.seconds, 1] : seconds < 7200 ? [t.minutes, 60] : [t.hours, 3600];
  const again = fill(t.retryAfter, { wait: fill(unit, { count: Math.ceil(seconds / length) }) });
  return spoke(error) && !error.detail.startsWith(error.title) ? `${error.detail}\n${again}` : again;
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
