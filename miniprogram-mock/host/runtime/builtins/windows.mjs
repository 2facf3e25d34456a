// Windows to elsewhere: a web page, a camera, a film.
import { addressOf } from '../temp-files.mjs';
import { text } from '../words.mjs';
import { define, setAttribute } from './define.mjs';

export function windowComponents(space) {
  return { 'web-view': defineWebView(space), camera: defineCamera(space), video: defineVideo(space) };
}

/** Covers the whole area of its page, as in WeChat. */
function defineWebView(space) {
  return define(space, 'web-view', {
    properties: { src: String },
    control: (component) => component.inner,
    created(component) {
      const inner = document.createElement('iframe');
      inner.title = 'web-view';
      inner.addEventListener('load', () => inner.getAttribute('src') && component.triggerEvent('load', { src: component.data.src }));
      inner.addEventListener('error', () => component.triggerEvent('error', { url: component.data.src }));
      component.inner = inner;
      component.$$.append(inner);
      window.addEventListener('message', (event) => event.source === inner.contentWindow && component.triggerEvent('message', { data: [event.data] }));
    },
    update({ inner }, { src }) {
      const address = src ? addressOf(src, window.mock.origins) : null;
      if (inner.getAttribute('src') !== address) {
        setAttribute(inner, 'src', address);
      }
    },
  });
}

function defineCamera(space) {
  return define(space, 'camera', {
    properties: { mode: String, devicePosition: { type: String, value: 'back' }, flash: String, frameSize: String, resolution: String },
    control: (component) => component.picture,
    created(component) {
      component.picture = document.createElement('video');
      Object.assign(component.picture, { autoplay: true, muted: true, playsInline: true });
      component.picture.setAttribute('aria-label', text('camera'));
      component.$$.append(component.picture);
    },
    attached: startCamera,
    detached: ({ stream }) => stream?.getTracks().forEach((track) => track.stop()),
  });
}

async function startCamera(component) {
  if (window.mock.permissions['scope.camera'] === false) {
    component.triggerEvent('error', { errMsg: 'insertCamera:fail auth deny' });
    return;
  }

  try {
    const facingMode = component.data.devicePosition === 'front' ? 'user' : 'environment';
    component.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode } });
    component.picture.srcObject = component.stream;
  } catch {
    // Most test machines have none: a placeholder stands in, so that the page can be gone through.
    component.$$.classList.add('mp-no-camera');
    component.$$.setAttribute('data-note', text('noCamera'));
  }

  component.triggerEvent('initdone', { maxZoom: 1 });
}

function defineVideo(space) {
  return define(space, 'video', {
    properties: {
      src: String,
      poster: String,
      controls: { type: Boolean, value: true },
      autoplay: Boolean,
      loop: Boolean,
      muted: Boolean,
      objectFit: String,
      title: String,
      duration: Number,
      showCenterPlayBtn: Boolean,
      showFullscreenBtn: Boolean,
      enableProgressGesture: Boolean,
    },
    control: (component) => component.inner,
    created(component) {
      component.inner = document.createElement('video');
      component.inner.playsInline = true;
      for (const type of ['play', 'pause', 'ended', 'error']) {
        component.inner.addEventListener(type, () => component.triggerEvent(type, {}));
      }

      component.$$.append(component.inner);
    },
    update({ inner }, { src, controls, autoplay, loop, muted }) {
      Object.assign(inner, { controls, autoplay, loop, muted });
      setAttribute(inner, 'src', src ? addressOf(src, window.mock.origins) : null);
    },
  });
}
