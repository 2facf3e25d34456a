// The phone: its window, theme, language, clipboard, scanner and the small noises it makes.
import { element, button, openDialog } from '../overlays.mjs';
import { text } from '../words.mjs';
import { asyncCall, CallFailure, listenerPair, syncCall } from './call.mjs';

const systemFontPixels = 16;

export function deviceCalls({ mock, app }) {
  const { settings } = mock;
  const appInfo = () => ({
    SDKVersion: '3.8.12',
    version: '8.0.60',
    language: settings.language,
    theme: settings.theme,
    enableDebug: false,
    fontSizeSetting: systemFontPixels * settings.fontScale,
    fontSizeScaleFactor: settings.fontScale,
    host: { env: 'WeChat', appId: '', version: 1 },
  });
  const device = () => ({ brand: 'host', model: `browser-${mock.device}`, platform: 'devtools', system: 'browser', benchmarkLevel: 30, abi: '' });
  const setting = () => ({ bluetoothEnabled: false, locationEnabled: false, wifiEnabled: true, deviceOrientation: 'portrait' });
  return {
    getWindowInfo: syncCall(mock, 'getWindowInfo', windowInfo),
    getAppBaseInfo: syncCall(mock, 'getAppBaseInfo', appInfo),
    getDeviceInfo: syncCall(mock, 'getDeviceInfo', device),
    getSystemSetting: syncCall(mock, 'getSystemSetting', setting),
    getAppAuthorizeSetting: syncCall(mock, 'getAppAuthorizeSetting', () => ({
      cameraAuthorized: 'authorized',
      microphoneAuthorized: 'authorized',
      notificationAuthorized: 'authorized',
    })),
    getSystemInfoSync: syncCall(mock, 'getSystemInfoSync', () => ({ ...windowInfo(), ...appInfo(), ...device(), ...setting() })),
    getMenuButtonBoundingClientRect: syncCall(mock, 'getMenuButtonBoundingClientRect', menuButton),
    getLaunchOptionsSync: syncCall(mock, 'getLaunchOptionsSync', () => app.launchOptions),
    getEnterOptionsSync: syncCall(mock, 'getEnterOptionsSync', () => app.enterOptions),
    getUpdateManager: syncCall(mock, 'getUpdateManager', () => ({ onCheckForUpdate() {}, onUpdateReady() {}, onUpdateFailed() {}, applyUpdate() {} })),
    ...listenerPair(mock, 'ThemeChange', settings.themeListeners),
    ...listenerPair(mock, 'AppShow', app.listeners.onAppShow),
    ...listenerPair(mock, 'AppHide', app.listeners.onAppHide),
    ...listenerPair(mock, 'Error', new Set()),
    ...listenerPair(mock, 'UnhandledRejection', new Set()),
    ...listenerPair(mock, 'WindowResize', new Set()),
    ...listenerPair(mock, 'KeyboardHeightChange', new Set()),
    ...listenerPair(mock, 'MemoryWarning', new Set()),
    ...smallCalls(mock),
  };
}

function smallCalls(mock) {
  const quiet = ['makePhoneCall', 'vibrateShort', 'vibrateLong', 'setKeepScreenOn', 'showShareMenu', 'hideShareMenu', 'updateShareMenu'];
  return {
    ...Object.fromEntries(quiet.map((name) => [name, asyncCall(mock, name, () => undefined)])),
    scanCode: asyncCall(mock, 'scanCode', () => scan(mock)),
    setClipboardData: asyncCall(mock, 'setClipboardData', ({ data }) => {
      mock.clipboard = data;
    }),
    getClipboardData: asyncCall(mock, 'getClipboardData', () => ({ data: mock.clipboard })),
    hideKeyboard: asyncCall(mock, 'hideKeyboard', () => document.activeElement?.blur?.()),
    reportEvent: syncCall(mock, 'reportEvent', () => undefined),
    getLogManager: syncCall(mock, 'getLogManager', () => silentLog),
    getRealtimeLogManager: syncCall(mock, 'getRealtimeLogManager', () => silentLog),
  };
}

const silentLog = { debug() {}, info() {}, log() {}, warn() {}, error() {}, setFilterMsg() {}, addFilterMsg() {} };
const surfaceBox = () => document.getElementById('app').getBoundingClientRect();

function windowInfo() {
  const { width, height } = surfaceBox();
  return {
    pixelRatio: window.devicePixelRatio,
    screenWidth: width,
    screenHeight: height,
    windowWidth: width,
    windowHeight: height,
    statusBarHeight: 0,
    screenTop: 0,
    safeArea: { left: 0, top: 0, right: width, bottom: height, width, height },
  };
}

function menuButton() {
  const { width } = surfaceBox();
  return { width: 87, height: 32, top: 6, bottom: 38, left: width - 97, right: width - 10 };
}

async function scan(mock) {
  const answer =
    mock.scan ??
    (await openDialog({ label: text('scan'), className: 'mp-sheet' }, (close) => {
      const input = element('input', { 'aria-label': text('scanHint'), placeholder: text('scanHint'), className: 'mp-modal-input' });
      return [
        element('p', { className: 'mp-sheet-title' }, [text('scan')]),
        input,
        button(text('ok'), 'mp-sheet-item', () => close(input.value || null)),
        button(text('cancel'), 'mp-sheet-item mp-cancel', () => close(null)),
      ];
    }));
  mock.scan = null;
  if (answer === null) {
    throw new CallFailure('cancel');
  }

  const fields = typeof answer === 'string' ? { result: answer } : answer;
  return { result: '', scanType: 'QR_CODE', charSet: 'utf-8', path: '', rawData: '', ...fields };
}
