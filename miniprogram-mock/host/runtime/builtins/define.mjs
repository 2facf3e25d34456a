// One way to make a built-in component: its properties, what it draws when one changes, and the attributes all of them share.

const ariaNames = (
  'Label Hidden Live Atomic Expanded Controls Describedby Labelledby Invalid Required Current Checked Selected ' +
  'Disabled Modal Level Haspopup Busy Valuenow Valuemin Valuemax Valuetext Roledescription Posinset Setsize Pressed Role'
).split(' ');
const references = new Set(['aria-describedby', 'aria-labelledby', 'aria-controls']);
const ariaAttribute = (name) => (name === 'Role' ? 'role' : `aria-${name.toLowerCase()}`);
/** A box with such a role is worked by the keyboard too. */
const operable = new Set(['button', 'link', 'checkbox', 'radio', 'switch', 'tab', 'option', 'menuitem', 'combobox']);
/** No value of its own: false is one ("aria-expanded"). */
const untyped = { type: null, value: undefined };

/**
 * @param spec.properties name → type, or { type, value }
 * @param spec.created draws once, called with the component
 * @param spec.update draws again after a change; called with the component and its data
 * @param spec.control the element that aria attributes and focus belong to: the host unless said
 */
export function define(space, is, spec) {
  return space.defineComponent({
    is,
    options: { writeIdToDOM: true, multipleSlots: false },
    externalClasses: ['placeholder-class', 'hover-class', 'indicator-class'],
    properties: declareProperties(spec),
    methods: spec.methods ?? {},
    lifetimes: {
      attached() {
        if (!this.drawn) {
          spec.created?.(this);
          this.drawn = true;
        }

        draw(this, spec);
        spec.attached?.(this);
      },
      detached() {
        spec.detached?.(this);
      },
    },
  });
}

function declareProperties(spec) {
  const properties = {};
  const declare = (name, property) => {
    properties[name] = {
      ...property,
      observer() {
        if (this.drawn) {
          draw(this, spec);
        }
      },
    };
  };
  [...ariaNames.map((name) => `aria${name}`), 'role', 'tabindex', 'animation'].forEach((name) => declare(name, untyped));
  declare('hidden', { type: null, value: false });
  declare('hoverClass', { type: String, value: '' });
  for (const [name, property] of Object.entries(spec.properties ?? {})) {
    declare(name, typeof property === 'object' && property !== null && 'type' in property ? property : { type: property });
  }

  return properties;
}

/** Nothing for a component whose node is gone: a page may still be told of an answer after it was closed. */
function draw(component, spec) {
  const { data } = component;
  if (!component.$$) {
    return;
  }

  const target = spec.control?.(component) ?? component.$$;
  setAttribute(component.$$, 'hidden', data.hidden ? '' : null);
  spec.update?.(component, data);
  for (const name of ariaNames) {
    const value = data[`aria${name}`];
    if (value !== undefined && value !== null) {
      writeAria(component, target, ariaAttribute(name), value);
    }
  }

  const role = data.role ?? data.ariaRole;
  setRole(component, role);
  if (data.tabindex !== undefined && data.tabindex !== null) {
    target.setAttribute('tabindex', String(data.tabindex));
  }
}

function setRole(component, role) {
  if (role) {
    component.$$.setAttribute('role', role);
  }

  if (operable.has(role) && !component.worked) {
    asControl(component);
    setAttribute(component.$$, 'tabindex', '0');
  }

  if (role === 'heading' && !component.$$.hasAttribute('aria-level')) {
    component.$$.setAttribute('aria-level', '2');
  }
}

/** An id is unique within its component only: the one in the page carries the component's prefix. */
export function pageId(component, id) {
  const prefix = component.ownerShadowRoot?.getHostNode()._$idPrefix;
  return prefix ? `${prefix}--${id}` : id;
}

function writeAria(component, target, attribute, value) {
  if (references.has(attribute)) {
    setAttribute(
      target,
      attribute,
      value
        ? String(value)
            .split(/\s+/)
            .map((id) => pageId(component, id))
            .join(' ')
        : null,
    );
  } else {
    setAttribute(target, attribute, value === '' ? null : String(value));
  }
}

export function setAttribute(node, name, value) {
  if (value === null || value === undefined) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/** Makes the host itself a control: reachable by Tab, worked by Enter and Space as by a tap. */
export function asControl(component, { keys = ['Enter', ' '] } = {}) {
  component.worked = true;
  component.$$.addEventListener('keydown', (event) => {
    if (event.target === component.$$ && keys.includes(event.key) && !event.isComposing) {
      event.preventDefault();
      component.$$.click();
    }
  });
}

export function controlState(component, role, { disabled, checked } = {}) {
  const node = component.$$;
  node.setAttribute('role', role);
  node.setAttribute('tabindex', disabled ? '-1' : '0');
  setAttribute(node, 'aria-disabled', disabled ? 'true' : null);
  setAttribute(node, 'disabled', disabled ? '' : null);
  if (checked !== undefined) {
    node.setAttribute('aria-checked', String(Boolean(checked)));
  }
}

/** The components of a kind below a node, in the order of the page. */
export function below(node, tags) {
  return [...node.querySelectorAll(tags.map((tag) => `wx-${tag}`).join(','))].map((found) => found.__wxElement);
}

export function above(node, tag) {
  return node.parentElement?.closest(`wx-${tag}`)?.__wxElement ?? null;
}

/** A control's own change goes through setData, or `model:value` never reaches the page. */
export function change(component, values, event, detail) {
  component.setData(values);
  component.triggerEvent(event, detail);
}
