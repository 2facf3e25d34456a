// What the host draws. A tag that is not here stops the build: add it in host/runtime/builtins first.
export const builtInTags = new Set([
  'view', 'text', 'image', 'button', 'input', 'textarea', 'form', 'label', 'checkbox', 'checkbox-group', 'radio', 'radio-group', 'switch', 'picker',
  'scroll-view', 'progress', 'navigator', 'web-view', 'rich-text', 'camera', 'video', 'icon', 'page-meta', 'cover-view', 'root-portal', 'match-media',
]);

export const structuralTags = new Set(['block', 'slot', 'template', 'import', 'include', 'wxs']);
