// One line and many lines of text: the browser's own controls inside, WeChat's properties and events outside.
import { change, define, setAttribute } from './define.mjs';
import { nameByLabel } from './forms.mjs';

const modes = { number: 'numeric', digit: 'decimal', idcard: 'text', text: 'text', nickname: 'text', 'safe-password': 'text' };
const keyLabels = { send: 'send', search: 'search', next: 'next', go: 'go', done: 'done' };
const shared = {
  value: { type: null, value: '' },
  name: String,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: Number, value: 140 },
  focus: Boolean,
  autoFocus: Boolean,
  confirmType: { type: String, value: 'done' },
  confirmHold: Boolean,
  cursor: Number,
  selectionStart: Number,
  selectionEnd: Number,
  adjustPosition: { type: Boolean, value: true },
  holdKeyboard: Boolean,
  cursorSpacing: Number,
  alwaysEmbed: Boolean,
  cursorColor: String,
  adjustKeyboardTo: String,
};

export function inputComponents(space) {
  return {
    input: define(space, 'input', {
      ...textField(() => document.createElement('input')),
      properties: { ...shared, type: { type: String, value: 'text' }, password: Boolean },
    }),
    textarea: define(space, 'textarea', {
      ...textField(() => document.createElement('textarea')),
      properties: { ...shared, autoHeight: Boolean, fixed: Boolean, showConfirmBar: Boolean, disableDefaultPadding: Boolean },
    }),
  };
}

function textField(createControl) {
  return {
    control: (component) => component.field,
    methods: {
      formValue() {
        return this.field.value;
      },
      resetValue() {
        this.setData({ value: '' });
      },
      activate() {
        this.field.focus();
      },
    },
    created(component) {
      const field = createControl();
      field.autocomplete = 'off';
      component.field = field;
      component.hint = document.createElement('div');
      component.hint.className = 'mp-placeholder';
      component.hint.setAttribute('aria-hidden', 'true');
      component.$$.append(component.hint, field);
      listen(component, field);
    },
    attached(component) {
      nameByLabel(component, component.field);
      if (component.data.focus || component.data.autoFocus) {
        Promise.resolve().then(() => component.field.focus());
      }
    },
    update: drawField,
  };
}

function drawField(component, data) {
  const { field, hint } = component;
  const value = data.value === null || data.value === undefined ? '' : String(data.value);
  if (field.value !== value && !component.composing) {
    field.value = value;
  }

  if (field.localName === 'input') {
    field.type = data.password ? 'password' : 'text';
    field.inputMode = modes[data.type] ?? 'text';
    if (data.type === 'idcard') {
      field.autocapitalize = 'characters';
    }
  }

  field.enterKeyHint = keyLabels[data.confirmType] ?? 'enter';
  field.disabled = data.disabled;
  setAttribute(field, 'maxlength', data.maxlength >= 0 ? String(data.maxlength) : null);
  // The real attribute stays, transparent, for screen readers and tests; what is seen carries the page's placeholder class.
  field.placeholder = data.placeholder ?? '';
  hint.textContent = data.placeholder ?? '';
  hint.style.cssText = data.placeholderStyle ?? '';
  component.$$.classList.toggle('mp-filled', field.value !== '');
  component.$$.classList.toggle('mp-disabled', data.disabled);
  if (data.focus && component.lastFocus === false && document.activeElement !== field) {
    Promise.resolve().then(() => field.focus());
  }

  component.lastFocus = data.focus;
  fitHeight(component, data);
}

function fitHeight({ field }, { autoHeight }) {
  if (autoHeight) {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }
}

function listen(component, field) {
  const report = (event) => {
    component.$$.classList.toggle('mp-filled', field.value !== '');
    fitHeight(component, component.data);
    change(component, { value: field.value }, 'input', {
      value: field.value,
      cursor: field.selectionStart ?? field.value.length,
      keyCode: event.data?.charCodeAt(0) ?? 0,
    });
  };
  field.addEventListener('compositionstart', () => {
    component.composing = true;
  });
  field.addEventListener('compositionend', () => {
    component.composing = false;
  });
  field.addEventListener('input', report);
  field.addEventListener('focus', () => component.triggerEvent('focus', { value: field.value, height: 0 }));
  field.addEventListener('blur', () => {
    if (component.data.focus) {
      component.setData({ focus: false });
    }

    component.triggerEvent('blur', { value: field.value, cursor: field.selectionStart ?? 0 });
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || (field.localName === 'textarea' && component.data.confirmType === 'return')) {
      return;
    }

    if (field.localName === 'input') {
      component.triggerEvent('confirm', { value: field.value });
      if (!component.data.confirmHold) {
        field.blur();
      }
    }
  });
}
