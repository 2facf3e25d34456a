// Choosing and looking at files. A real file input, so that a test answers a real file chooser.
import { button, element, openDialog } from '../overlays.mjs';
import { addressOf, keepFile } from '../temp-files.mjs';
import { text } from '../words.mjs';
import { authorize } from './account.mjs';
import { asyncCall, CallFailure, syncCall } from './call.mjs';
import { need } from './files.mjs';

export function mediaCalls({ mock }) {
  return {
    chooseMedia: asyncCall(mock, 'chooseMedia', (options) => chooseMedia(mock, options)),
    chooseImage: asyncCall(mock, 'chooseImage', (options) => chooseImage(mock, options)),
    chooseMessageFile: asyncCall(mock, 'chooseMessageFile', (options) => chooseMessageFile(mock, options)),
    getImageInfo: asyncCall(mock, 'getImageInfo', ({ src }) => imageInfo(mock, src)),
    compressImage: asyncCall(mock, 'compressImage', async ({ src, quality = 80, compressedWidth }) => ({
      tempFilePath: await compress(src, quality, compressedWidth),
    })),
    getVideoInfo: asyncCall(mock, 'getVideoInfo', ({ src }) => ({ size: need(src).size, duration: 1, width: 0, height: 0, type: 'mp4' })),
    previewImage: asyncCall(mock, 'previewImage', ({ urls, current }) => preview(mock, urls, current)),
    previewMedia: asyncCall(mock, 'previewMedia', ({ sources, current = 0 }) =>
      preview(
        mock,
        sources.map((source) => source.url),
        sources[current]?.url,
      ),
    ),
    openDocument: asyncCall(mock, 'openDocument', ({ filePath }) => {
      need(filePath);
      window.open(addressOf(filePath), '_blank', 'noopener');
    }),
    saveFileToDisk: asyncCall(mock, 'saveFileToDisk', ({ filePath }) => {
      const link = element('a', { href: addressOf(filePath), download: need(filePath).name });
      link.click();
    }),
    saveImageToPhotosAlbum: asyncCall(mock, 'saveImageToPhotosAlbum', ({ filePath }) => {
      need(filePath);
    }),
    createCameraContext: syncCall(mock, 'createCameraContext', () => camera(mock)),
    getRecorderManager: syncCall(mock, 'getRecorderManager', () => recorder(mock)),
  };
}

async function chooseMedia(mock, { count = 9, mediaType = ['image', 'video'], sourceType = ['album', 'camera'] }) {
  if (sourceType.length === 1 && sourceType[0] === 'camera') {
    await authorize(mock, 'scope.camera');
  }

  const accept = mediaType.map((type) => (type === 'mix' ? 'image/*,video/*' : `${type}/*`)).join(',');
  const files = await pick(mock, { accept, count });
  return {
    type: mediaType.length > 1 ? 'mix' : mediaType[0],
    tempFiles: files.map((file) => ({
      tempFilePath: keepFile(file),
      size: file.size,
      fileType: kindOf(file, 'image'),
      duration: 0,
      width: 0,
      height: 0,
      thumbTempFilePath: '',
    })),
  };
}

async function chooseImage(mock, { count = 9 }) {
  const files = await pick(mock, { accept: 'image/*', count });
  const paths = files.map((file) => keepFile(file));
  return { tempFilePaths: paths, tempFiles: files.map((file, index) => ({ path: paths[index], size: file.size })) };
}

async function chooseMessageFile(mock, { count, type = 'all', extension }) {
  const files = await pick(mock, { accept: acceptOf(type, extension), count });
  return {
    tempFiles: files.map((file) => ({
      path: keepFile(file),
      name: file.name,
      size: file.size,
      type: kindOf(file, 'file'),
      time: Math.floor(file.lastModified / 1000),
    })),
  };
}

const kindOf = (file, other) => /^(image|video)\//.exec(file.type)?.[1] ?? other;
const acceptOf = (type, extension) =>
  extension?.length ? extension.map((one) => `.${one.replace(/^\./, '')}`).join(',') : ({ image: 'image/*', video: 'video/*' }[type] ?? '');

/** @returns {Promise<File[]>} what was chosen; cancelling is a failure, as in WeChat. */
async function pick(mock, { accept, count }) {
  if (mock.files) {
    const files = mock.files;
    mock.files = null;
    return files;
  }

  const input = element('input', { type: 'file', accept, multiple: count > 1, hidden: true, 'aria-label': text('chooseFile') });
  document.body.append(input);
  const files = await new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...input.files]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
  input.remove();
  if (files.length === 0) {
    throw new CallFailure('cancel');
  }

  return files.slice(0, count);
}

async function imageInfo(mock, src) {
  const image = new Image();
  image.src = addressOf(src, mock.origins);
  await image.decode().catch(() => {
    throw new CallFailure('image not found or broken');
  });
  const type = /\.(\w+)$/.exec(src)?.[1].toLowerCase().replace('jpg', 'jpeg') ?? 'unknown';
  return { width: image.naturalWidth, height: image.naturalHeight, path: src, orientation: 'up', type };
}

async function compress(src, quality, width) {
  const file = need(src);
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new CallFailure('not an image');
  });
  const scale = width ? Math.min(1, width / bitmap.width) : 1;
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
  // The sandbox reads its instructions from names, so a smaller picture keeps its own.
  return keepFile(new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }));
}

async function preview(mock, urls, current = urls[0]) {
  openDialog({ label: text('preview'), className: 'mp-preview' }, (close) => [
    element('img', { src: addressOf(current, mock.origins), alt: text('preview') }),
    button(text('close'), 'mp-preview-close', () => close(), { autofocus: true }),
  ]);
}

/** Pictures and films of a camera that is not there; a refused permission fails as on a phone. */
function camera(mock) {
  const act = (name, run) =>
    asyncCall(mock, `cameraContext.${name}`, async (options) => {
      if (mock.permissions['scope.camera'] === false) {
        throw new CallFailure('auth deny');
      }

      return run(options);
    });
  return {
    takePhoto: act('takePhoto', async () => ({ tempImagePath: keepFile(await drawing()) })),
    startRecord: act('startRecord', () => undefined),
    stopRecord: act('stopRecord', async () => ({
      tempThumbPath: keepFile(await drawing()),
      tempVideoPath: keepFile(new File([new Uint8Array(64)], 'record.mp4', { type: 'video/mp4' })),
    })),
    setZoom: act('setZoom', () => undefined),
    onCameraFrame: () => ({ start() {}, stop() {} }),
  };
}

async function drawing() {
  const canvas = new OffscreenCanvas(320, 240);
  const context = canvas.getContext('2d');
  context.fillStyle = '#8aa';
  context.fillRect(0, 0, 320, 240);
  return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'photo.jpg', { type: 'image/jpeg' });
}

function recorder(mock) {
  const on = {};
  const listen = (name) => (listener) => {
    on[name] = listener;
  };
  return {
    start() {
      mock.log('recorder.start');
      if (mock.permissions['scope.record'] === false) {
        setTimeout(() => on.error?.({ errMsg: 'operateRecorder:fail auth deny' }));
      } else {
        setTimeout(() => on.start?.({}));
      }
    },
    stop() {
      mock.log('recorder.stop');
      setTimeout(() =>
        on.stop?.({ tempFilePath: keepFile(new File([new Uint8Array(64)], 'record.mp3', { type: 'audio/mpeg' })), duration: 1000, fileSize: 64 }),
      );
    },
    pause() {},
    resume() {},
    onStart: listen('start'),
    onStop: listen('stop'),
    onError: listen('error'),
    onPause: listen('pause'),
    onResume: listen('resume'),
    onFrameRecorded: listen('frame'),
    onInterruptionBegin: listen('begin'),
    onInterruptionEnd: listen('end'),
  };
}
