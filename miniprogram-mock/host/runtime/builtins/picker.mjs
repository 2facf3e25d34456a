// The picker: WeChat shows wheels, the host a sheet with lists that a keyboard and a screen reader can work.
import { button, element, openDialog } from '../overlays.mjs';
import { text } from '../words.mjs';
import { asControl, change, controlState, define } from './define.mjs';
import { nameByLabel } from './forms.mjs';

const properties = {
  mode: { type: String, value: 'selector' },
  range: { type: Array, value: [] },
  rangeKey: String,
  value: { type: null, value: 0 },
  disabled: Boolean,
  headerText: String,
  start: String,
  end: String,
  fields: { type: String, value: 'day' },
  name: String,
  level: String,
};

export function pickerComponents(space) {
  return {
    picker: define(space, 'picker', {
      properties,
      methods: {
        activate() {
          if (!this.data.disabled && !this.open) {
            show(this);
          }
        },
        formValue() {
          return this.data.value;
        },
        resetValue() {
          this.setData({ value: this.data.mode === 'multiSelector' ? [] : this.data.mode === 'selector' ? 0 : '' });
        },
      },
      created(component) {
        asControl(component);
        component.$$.addEventListener('click', () => component.activate());
      },
      attached: (component) => nameByLabel(component, component.$$),
      update(component, { disabled }) {
        controlState(component, 'combobox', { disabled });
        component.$$.setAttribute('aria-haspopup', 'dialog');
        component.$$.setAttribute('aria-expanded', String(Boolean(component.open)));
        // What a screen reader reads is the text inside; the redraw of a multiSelector's lists hangs on the same data.
        component.redraw?.();
      },
    }),
  };
}

async function show(component) {
  const { mode, headerText } = component.data;
  component.open = true;
  component.$$.setAttribute('aria-expanded', 'true');
  const sheet = { selector: selectorSheet, multiSelector: columnsSheet, date: dateSheet, time: timeSheet }[mode];
  if (!sheet) {
    throw new Error(`picker mode ${mode} is not supported`);
  }

  const label = headerText || component.$$.getAttribute('aria-label') || component.$$.textContent.trim();
  const answer = await openDialog({ label, className: 'mp-sheet mp-picker' }, (close) => {
    const { content, value } = sheet(component, label, close);
    return [
      element('div', { className: 'mp-picker-head' }, [
        button(text('cancel'), 'mp-picker-cancel', () => close(null)),
        element('span', { 'aria-hidden': 'true' }, [headerText ?? '']),
        button(text('ok'), 'mp-picker-ok', () => close({ value: value() })),
      ]),
      content,
    ];
  });
  component.open = false;
  component.redraw = null;
  component.$$.setAttribute('aria-expanded', 'false');
  if (answer === null) {
    component.triggerEvent('cancel', {});
  } else {
    change(component, { value: answer.value }, 'change', { value: answer.value });
  }
}

const labelOf = (item, key) => String(key && item !== null && typeof item === 'object' ? (item[key] ?? '') : item);

/** A list of options with one chosen; arrow keys move the choice. */
function optionList(items, chosen, label, onChoose) {
  const list = element('div', { role: 'listbox', className: 'mp-picker-list', tabindex: '0', 'aria-label': label });
  let current = chosen;
  const options = items.map((item, index) => element('div', { role: 'option', className: 'mp-picker-option', onclick: () => choose(index) }, [item]));
  const mark = () => options.forEach((option, index) => option.setAttribute('aria-selected', String(index === current)));
  const choose = (index) => {
    if (index < 0 || index >= options.length) {
      return;
    }

    current = index;
    mark();
    options[index].scrollIntoView({ block: 'nearest' });
    onChoose(index);
  };
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(current + step);
    }
  });
  list.append(...options);
  mark();
  requestAnimationFrame(() => options[current]?.scrollIntoView({ block: 'center' }));
  return list;
}

function selectorSheet(component, label) {
  const { range, rangeKey } = component.data;
  let chosen = Math.max(0, Math.min(Number(component.data.value) || 0, range.length - 1));
  const content = optionList(
    range.map((item) => labelOf(item, rangeKey)),
    chosen,
    label,
    (index) => {
      chosen = index;
    },
  );
  return { content, value: () => chosen };
}

function columnsSheet(component, label) {
  const columns = () => component.data.range;
  let chosen = columns().map((_, column) => Number(component.data.value?.[column]) || 0);
  const content = element('div', { className: 'mp-picker-columns' });
  const fill = () =>
    content.replaceChildren(
      ...columns().map((items, column) =>
        optionList(
          items.map((item) => labelOf(item, component.data.rangeKey)),
          Math.min(chosen[column] ?? 0, items.length - 1),
          `${label} ${column + 1}`,
          (index) => {
            chosen[column] = index;
            component.triggerEvent('columnchange', { column, value: index });
          },
        ),
      ),
    );
  fill();
  let range = component.data.range;
  let value = component.data.value;
  // The page answers columnchange by other lists for the columns to the right, or by other values.
  component.redraw = () => {
    if (component.data.range === range && component.data.value === value) {
      return;
    }

    if (component.data.value !== value) {
      chosen = columns().map((_, column) => Number(component.data.value?.[column]) || 0);
    }

    ({ range, value } = component.data);
    fill();
  };
  return { content, value: () => chosen.map((index, column) => Math.min(index, columns()[column].length - 1)) };
}

const inputTypes = { day: 'date', month: 'month', year: 'number' };

function dateSheet(component) {
  const { fields, start, end, value } = component.data;
  const input = element('input', {
    type: inputTypes[fields] ?? 'date',
    'aria-label': text('date'),
    min: start || undefined,
    max: end || undefined,
    className: 'mp-modal-input',
  });
  input.value = value || '';
  return { content: input, value: () => input.value };
}

function timeSheet(component) {
  const { start, end, value } = component.data;
  const input = element('input', { type: 'time', 'aria-label': text('time'), min: start || undefined, max: end || undefined, className: 'mp-modal-input' });
  input.value = value || '';
  return { content: input, value: () => input.value };
}
