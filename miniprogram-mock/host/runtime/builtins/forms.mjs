// The form, its buttons and labels.
import { phoneCode } from '../wx/account.mjs';
import { injected } from '../wx/call.mjs';
import { above, asControl, below, controlState, define } from './define.mjs';

const fields = ['input', 'textarea', 'checkbox-group', 'radio-group', 'switch', 'picker'];
const activatable = ['input', 'textarea', 'checkbox', 'radio', 'switch', 'picker'];

export function formComponents(space) {
  return { form: defineForm(space), button: defineButton(space), label: defineLabel(space) };
}

function defineForm(space) {
  return define(space, 'form', {
    properties: { reportSubmit: Boolean, reportSubmitTimeout: Number },
    methods: {
      submit() {
        const value = {};
        below(this.$$, fields).forEach((field) => {
          if (field.data.name) {
            value[field.data.name] = field.formValue();
          }
        });
        this.triggerEvent('submit', { value, target: {} });
      },
      reset() {
        below(this.$$, fields).forEach((field) => field.resetValue());
        this.triggerEvent('reset', {});
      },
    },
  });
}

function defineButton(space) {
  return define(space, 'button', {
    properties: {
      size: { type: String, value: 'default' },
      type: { type: String, value: 'default' },
      plain: Boolean,
      disabled: Boolean,
      loading: Boolean,
      formType: String,
      openType: String,
      hoverStopPropagation: Boolean,
      hoverStartTime: Number,
      hoverStayTime: Number,
      lang: String,
      sessionFrom: String,
      phoneNumberNoQuotaToast: Boolean,
      name: String,
    },
    created(component) {
      asControl(component);
      component.$$.addEventListener('click', () => {
        if (!component.data.disabled) {
          press(component);
        }
      });
    },
    update(component, { disabled, size, type, plain, loading }) {
      controlState(component, 'button', { disabled });
      Object.assign(component.$$.dataset, { size, type, plain: String(plain), loading: String(loading) });
    },
  });
}

function press(component) {
  const { formType, openType } = component.data;
  if (formType) {
    above(component.$$, 'form')?.[formType]?.();
  }

  if (openType === 'getPhoneNumber') {
    const { mock } = window;
    mock.log('getPhoneNumber');
    const failure = injected(mock, 'getPhoneNumber');
    component.triggerEvent(
      'getphonenumber',
      failure ? { errMsg: `getPhoneNumber:fail ${failure.message}`, ...failure.extra } : { errMsg: 'getPhoneNumber:ok', code: phoneCode(mock) },
    );
  } else if (openType === 'openSetting') {
    window.wx.openSetting({ success: (detail) => component.triggerEvent('opensetting', detail) });
  } else if (openType === 'agreePrivacyAuthorization') {
    component.triggerEvent('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' });
  } else if (openType) {
    // share, contact, feedback: WeChat's own windows, which a browser does not have.
    window.mock.log(`button:${openType}`);
  }
}

/** A tap on a label is one on its control: the one named by `for`, else the first inside. */
function defineLabel(space) {
  return define(space, 'label', {
    properties: { for: String },
    created(component) {
      component.$$.addEventListener('click', (event) => {
        const target = labelled(component);
        if (target && !target.$$.contains(event.target) && !event.target.closest('wx-button, wx-navigator, wx-picker')) {
          target.activate();
        }
      });
    },
  });
}

function labelled(label) {
  const { for: id } = label.data;
  return id ? (label.ownerShadowRoot.getElementById(id) ?? null) : (below(label.$$, activatable)[0] ?? null);
}

/** A control without a name of its own is named by its label, once the whole page stands. */
export function nameByLabel(component, control) {
  Promise.resolve().then(() => {
    if (control.hasAttribute('aria-label') || control.hasAttribute('aria-labelledby')) {
      return;
    }

    const label = above(component.$$, 'label')?.$$ ?? labelFor(component);
    if (label) {
      label.id ||= `mp-label-${nextLabel++}`;
      control.setAttribute('aria-labelledby', label.id);
    }
  });
}

let nextLabel = 1;

function labelFor(component) {
  const id = component.id;
  const page = component.$$.closest('wx-page');
  if (!id || !page) {
    return null;
  }

  return below(page, ['label']).find((label) => label.data.for === id && label.ownerShadowRoot === component.ownerShadowRoot)?.$$ ?? null;
}
