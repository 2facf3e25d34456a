import { choiceComponents } from './choices.mjs';
import { formComponents } from './forms.mjs';
import { inputComponents } from './inputs.mjs';
import { layoutComponents } from './layout.mjs';
import { pickerComponents } from './picker.mjs';
import { windowComponents } from './windows.mjs';

/** Every built-in component by its tag; host/build/tags.mjs lists the same for the compiler. */
export function defineBuiltIns(space) {
  return Object.assign(
    {},
    ...[choiceComponents, formComponents, inputComponents, layoutComponents, pickerComponents, windowComponents].map((part) => part(space)),
  );
}
