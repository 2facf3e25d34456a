import { fill, texts } from '../i18n/index';
import { paperTexts } from '../i18n/papers';
import { isFilm, unfit, type Chosen } from './papers';
import type { PaperOutlook } from './types';

/**
 * Lets the person take a picture or choose one, from the phone (WeChat offers camera and album) or from a chat. Empty when they change their mind; what
 * cannot be sent is said at once.
 */
export async function chooseFiles(outlook: PaperOutlook | null, atMost: number, source: 'phone' | 'chat'): Promise<readonly Chosen[]> {
  const chosen = await (source === 'chat' ? fromChat(isFilm(outlook), atMost) : fromPhone(isFilm(outlook), atMost, outlook)).catch(refused);
  const fitting = await Promise.all(chosen.map((file) => fit(file, outlook)));
  return fitting.filter((file): file is Chosen => file !== null);
}

async function fromPhone(film: boolean, count: number, outlook: PaperOutlook | null): Promise<Chosen[]> {
  const { tempFiles } = await wx.chooseMedia({
    count: Math.min(9, count),
    mediaType: [film ? 'video' : 'image'],
    sourceType: ['camera', 'album'],
    sizeType: ['original'],
    camera: 'back',
    maxDuration: Math.min(60, outlook?.maxSeconds ?? 60),
  });
  return tempFiles.map(({ tempFilePath, size, duration }) => ({ path: tempFilePath, size, seconds: duration ?? 0 }));
}

async function fromChat(film: boolean, count: number): Promise<Chosen[]> {
  const { tempFiles } = await wx.chooseMessageFile({ count, type: film ? 'video' : 'image' });
  return tempFiles.map(({ path, size }) => ({ path, size, seconds: 0 }));
}

/** Changing one's mind is no failure; anything else is said. */
function refused(error: { errMsg?: string }): Chosen[] {
  const t = texts(paperTexts);
  const told = error.errMsg ?? '';
  if (!/cancel/.test(told)) {
    void wx.showModal({ title: /auth|permission/.test(told) ? t.noPermission : t.choose, showCancel: false });
  }
  return [];
}

/** The file, or a smaller copy of a picture that is too large; null, and said, when the server would refuse it. */
async function fit(file: Chosen, outlook: PaperOutlook | null): Promise<Chosen | null> {
  const t = texts(paperTexts);
  let fitting = file;
  if (unfit(file, outlook)?.code === 'size' && !isFilm(outlook)) {
    fitting = await smaller(file);
  }
  const problem = unfit(fitting, outlook);
  if (problem) {
    const values: Record<string, string> = { ...problem };
    await wx.showModal({ title: fill(t[problem.code], values), showCancel: false });
    return null;
  }
  return fitting;
}

async function smaller(file: Chosen): Promise<Chosen> {
  try {
    const { tempFilePath } = await wx.compressImage({ src: file.path, quality: 80 });
    const size = await new Promise<number>((resolve, reject) => {
      wx.getFileSystemManager().getFileInfo({ filePath: tempFilePath, success: (info) => resolve(info.size), fail: reject });
    });
    return { ...file, path: tempFilePath, size };
  } catch {
    return file;
  }
}
