// Everything that went wrong while the mini program ran. A test ends by asking that this is empty.
export const errors = [];
window.__mpErrors = errors;

export function recordError(error) {
  errors.push(error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
}

window.addEventListener('error', (event) => recordError(event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => recordError(event.reason instanceof Error ? event.reason : JSON.stringify(event.reason)));
