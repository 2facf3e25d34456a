// The behaviors that WeChat names by a string.
const known = new Map();

export function behaviorOf(space, behavior) {
  if (typeof behavior !== 'string') {
    return behavior;
  }

  if (!/^wx:\/\/(form-field|form-field-group|form-field-button|component-export)$/.test(behavior)) {
    throw new Error(`behavior ${behavior} is not supported`);
  }

  if (!known.has(behavior)) {
    const definition = behavior === 'wx://form-field' ? { properties: { name: String, value: null } } : {};
    known.set(behavior, space.behavior().definition(definition).register());
  }

  return known.get(behavior);
}
