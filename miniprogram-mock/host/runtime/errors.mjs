// Everything that went wrong while the mini program ran. A test ends by asking that `errors` is empty.
export const errors = [];
window.__mpErrors = errors;

/** What the framework frowns on. A property or component that does not exist is an error: WeChat would drop it in silence. */
export const warnings = [];
const serious = /not a valid property|not a valid event|Cannot find component/;

export function recordWarning(message) {
  (serious.test(message) ? errors : warnings).push(message);
}

export function recordError(error) {
  errors.push(error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
}

window.addEventListener('error', (event) => recordError(event.error ?? event.message));
window.addEventListener('unhandledrejection', (event) => recordError(event.reason instanceof Error ? event.reason : JSON.stringify(event.reason)));
