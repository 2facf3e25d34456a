// The wx object. What it does not have is undefined, as on an old phone, and is put on record.
import { accountCalls } from './account.mjs';
import { deviceCalls } from './device.mjs';
import { fileCalls } from './files.mjs';
import { mediaCalls } from './media.mjs';
import { navigationCalls } from './navigation.mjs';
import { networkCalls } from './network.mjs';
import { overlayCalls } from './overlays.mjs';
import { selectorCalls } from './selectors.mjs';
import { storageCalls } from './storage.mjs';

export function createWx({ program, mock, router, app }) {
  const parts = [accountCalls, deviceCalls, fileCalls, mediaCalls, navigationCalls, networkCalls, overlayCalls, selectorCalls, storageCalls];
  const calls = Object.assign({}, ...parts.map((part) => part({ program, mock, router, app })));
  // What a program may ask for to see whether it is there: absent as on a phone whose owner's trade is not open to it.
  const probed = new Set(['then', 'toJSON', 'startFacialRecognitionVerify', 'checkIsSupportFacialRecognition', 'requestFacialVerify']);
  calls.canIUse = (name) => name.split('.')[0] in calls;
  return new Proxy(calls, {
    get(target, name) {
      if (!(name in target) && typeof name === 'string' && !probed.has(name)) {
        mock.missing.push(name);
        console.warn(`wx.${name} is not played by the host`);
      }

      return target[name];
    },
  });
}
