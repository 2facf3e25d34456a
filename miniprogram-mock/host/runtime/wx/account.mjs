// Who the person is: login, phone number, permissions, subscription messages.
import { lastGesture } from '../backend.mjs';
import { element, openDialog, button, showModal } from '../overlays.mjs';
import { text } from '../words.mjs';
import { asyncCall, CallFailure, syncCall } from './call.mjs';

const gestureMilliseconds = 1000;
const maxTemplates = 5;
const random = () => Math.random().toString(36).slice(2, 10);

/** What a <button open-type="getPhoneNumber"> answers. */
export const phoneCode = (mock) => `sandbox-phone-${mock.phone}-${random()}`;

export function accountCalls({ mock }) {
  return {
    login: asyncCall(mock, 'login', () => {
      const code = mock.code ?? `sandbox-${mock.user}-${random()}`;
      mock.code = null;
      return { code };
    }),
    checkSession: asyncCall(mock, 'checkSession', () => undefined),
    getAccountInfoSync: syncCall(mock, 'getAccountInfoSync', () => ({ miniProgram: { appId: 'touristappid', envVersion: 'release', version: '0.0.0' } })),
    getPrivacySetting: asyncCall(mock, 'getPrivacySetting', () => ({ needAuthorization: false, privacyContractName: '' })),
    requirePrivacyAuthorize: asyncCall(mock, 'requirePrivacyAuthorize', () => undefined),
    openPrivacyContract: asyncCall(mock, 'openPrivacyContract', () => undefined),
    getSetting: asyncCall(mock, 'getSetting', () => ({ authSetting: authSetting(mock) })),
    openSetting: asyncCall(mock, 'openSetting', () => openSetting(mock)),
    authorize: asyncCall(mock, 'authorize', ({ scope }) => authorize(mock, scope)),
    requestSubscribeMessage: asyncCall(mock, 'requestSubscribeMessage', ({ tmplIds }) => subscribe(mock, tmplIds)),
  };
}

const authSetting = ({ permissions }) => Object.fromEntries(Object.entries(permissions).filter(([, value]) => value !== undefined));

export async function authorize(mock, scope) {
  if (mock.permissions[scope] === undefined) {
    mock.permissions[scope] = (
      await showModal({ title: text('permission'), content: text(scope) ?? scope, cancelText: text('refuse'), confirmText: text('allow') })
    ).confirm;
  }

  if (!mock.permissions[scope]) {
    throw new CallFailure('auth deny');
  }
}

async function openSetting(mock) {
  await openDialog({ label: text('permission'), className: 'mp-sheet' }, (close) => [
    ...Object.keys(mock.permissions).map((scope) =>
      element('label', { className: 'mp-sheet-item' }, [
        element('input', {
          type: 'checkbox',
          checked: mock.permissions[scope],
          onchange: (event) => {
            mock.permissions[scope] = event.target.checked;
          },
        }),
        text(scope) ?? scope,
      ]),
    ),
    button(text('done'), 'mp-sheet-item', () => close()),
  ]);
  return { authSetting: authSetting(mock) };
}

async function subscribe(mock, tmplIds) {
  if (performance.now() - lastGesture.at > gestureMilliseconds) {
    throw new CallFailure('can only be invoked by user TAP gesture.', { errCode: 10002 });
  }

  if (!Array.isArray(tmplIds) || tmplIds.length === 0 || tmplIds.length > maxTemplates) {
    throw new CallFailure('Templates count out of max bounds', { errCode: 20003 });
  }

  const answer = mock.subscribe ?? (await ask(tmplIds));
  await Promise.all(tmplIds.map((templateId) => tellServer(mock, templateId, answer === 'accept')));
  return Object.fromEntries(tmplIds.map((id) => [id, answer]));
}

async function ask(tmplIds) {
  const { confirm } = await showModal({
    title: text('subscribe'),
    content: `${text('subscribeHint')} (${tmplIds.length})`,
    cancelText: text('refuse'),
    confirmText: text('allow'),
  });
  return confirm ? 'accept' : 'reject';
}

/** WeChat tells the server by itself what was answered; so does the sandbox's. */
async function tellServer({ user }, templateId, accept) {
  await fetch('/sandbox/subscriptions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, templateId, accept }),
  }).catch(() => null);
}
