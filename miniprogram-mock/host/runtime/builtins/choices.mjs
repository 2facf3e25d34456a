// Check boxes, radio buttons and switches: the host element is the control, drawn by base.css from its aria-checked.
import { above, asControl, below, change, controlState, define } from './define.mjs';
import { nameByLabel } from './forms.mjs';

const look = {
  color: String,
  disabled: Boolean,
  checked: Boolean,
  backgroundColor: String,
  borderColor: String,
  activeBackgroundColor: String,
  activeBorderColor: String,
  iconColor: String,
};

export function choiceComponents(space) {
  return {
    checkbox: define(space, 'checkbox', { properties: { ...look, value: null }, ...choice('checkbox', toggleCheckbox) }),
    'checkbox-group': defineGroup(space, 'checkbox-group', 'checkbox', 'group'),
    radio: define(space, 'radio', { properties: { ...look, value: null }, ...choice('radio', chooseRadio) }),
    'radio-group': defineGroup(space, 'radio-group', 'radio', 'radiogroup'),
    switch: define(space, 'switch', { properties: { ...look, type: { type: String, value: 'switch' }, name: String }, ...choice('switch', toggleSwitch) }),
  };
}

function choice(role, toggle) {
  return {
    methods: {
      activate() {
        if (!this.data.disabled) {
          toggle(this);
        }
      },
      formValue() {
        return this.data.checked;
      },
      resetValue() {
        this.setData({ checked: false });
      },
    },
    created(component) {
      asControl(component, { keys: role === 'radio' ? [' ', 'Enter'] : [' '] });
      component.$$.addEventListener('click', () => component.activate());
      if (role === 'radio') {
        component.$$.addEventListener('keydown', (event) => moveByArrow(component, event));
      }
    },
    attached: (component) => nameByLabel(component, component.$$),
    update(component, { disabled, checked, color, type }) {
      controlState(component, role === 'switch' && type === 'checkbox' ? 'checkbox' : role, { disabled, checked });
      component.$$.style.setProperty('--mp-accent', color || '');
    },
  };
}

function toggleCheckbox(component) {
  component.setData({ checked: !component.data.checked });
  above(component.$$, 'checkbox-group')?.report();
}

function chooseRadio(component) {
  if (component.data.checked) {
    return;
  }

  const group = above(component.$$, 'radio-group');
  if (group) {
    below(group.$$, ['radio']).forEach((other) => other !== component && other.data.checked && other.setData({ checked: false }));
  }

  component.setData({ checked: true });
  group?.report();
}

function toggleSwitch(component) {
  const checked = !component.data.checked;
  change(component, { checked }, 'change', { value: checked });
}

function moveByArrow(component, event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const group = above(component.$$, 'radio-group');
  if (!step || !group) {
    return;
  }

  event.preventDefault();
  const radios = below(group.$$, ['radio']).filter((radio) => !radio.data.disabled);
  const next = radios[(radios.indexOf(component) + step + radios.length) % radios.length];
  next.$$.focus();
  next.activate();
}

function defineGroup(space, is, member, role) {
  const many = member === 'checkbox';
  const valueOf = (group) => {
    const chosen = below(group.$$, [member])
      .filter((one) => one.data.checked)
      .map((one) => one.data.value ?? '');
    return many ? chosen : (chosen[0] ?? '');
  };
  return define(space, is, {
    properties: { name: String },
    methods: {
      report() {
        this.triggerEvent('change', { value: valueOf(this) });
      },
      formValue() {
        return valueOf(this);
      },
      resetValue() {
        below(this.$$, [member]).forEach((one) => one.setData({ checked: false }));
      },
    },
    update: ({ $$: node }) => node.setAttribute('role', role),
  });
}
