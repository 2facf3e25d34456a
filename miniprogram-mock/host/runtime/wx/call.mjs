// How every call of wx behaves: it is logged, it can be made to fail, it answers a promise or callbacks, and errMsg says what happened.

export class CallFailure extends Error {
  constructor(reason, extra = {}) {
    super(reason);
    this.extra = extra;
  }
}

export const failureOf = (name, error) => {
  const { reason = error?.message, extra = {} } = error instanceof CallFailure ? { reason: error.message, extra: error.extra } : {};
  return { errMsg: reason ? `${name}:fail ${reason}` : `${name}:fail`, ...extra };
};

/** The failure that a test has put in the way of a call, or null. */
export function injected(mock, name) {
  const wanted = mock.fail[name];
  if (wanted === undefined || wanted === null || wanted === false) {
    return null;
  }

  if (typeof wanted !== 'object') {
    return new CallFailure(String(wanted));
  }

  if (wanted.times !== undefined) {
    wanted.times -= 1;
    if (wanted.times <= 0) {
      delete mock.fail[name];
    }
  }

  return new CallFailure(wanted.reason ?? '', wanted.errno === undefined ? {} : { errno: wanted.errno });
}

/** An asynchronous call: `run(options)` answers its result or throws a CallFailure. */
export function asyncCall(mock, name, run) {
  return (options = {}) => {
    mock.log(name, options);
    const hasCallbacks = Boolean(options.success || options.fail || options.complete);
    const outcome = attempt(mock, name, run, options);
    if (!hasCallbacks) {
      return outcome.then(({ ok, result }) => {
        if (!ok) {
          throw result;
        }

        return result;
      });
    }

    outcome.then(({ ok, result }) => settle(options, ok, result));
    return undefined;
  };
}

export function settle(options, ok, result) {
  (ok ? options.success : options.fail)?.(result);
  options.complete?.(result);
}

async function attempt(mock, name, run, options) {
  try {
    const failure = injected(mock, name);
    if (failure) {
      throw failure;
    }

    return { ok: true, result: { errMsg: `${name}:ok`, ...(await run(options)) } };
  } catch (error) {
    if (!(error instanceof CallFailure)) {
      console.error(error);
    }

    return { ok: false, result: failureOf(name, error) };
  }
}

/** A synchronous call: a failure is thrown. */
export function syncCall(mock, name, run) {
  return (...values) => {
    mock.log(name, values);
    const failure = injected(mock, name);
    if (failure) {
      throw Object.assign(new Error(`${name}:fail ${failure.message}`), { errMsg: `${name}:fail ${failure.message}` });
    }

    return run(...values);
  };
}

/** A pair such as onThemeChange and offThemeChange over one set of listeners. */
export function listenerPair(mock, name, listeners) {
  return {
    [`on${name}`]: (listener) => {
      mock.log(`on${name}`);
      listeners.add(listener);
    },
    [`off${name}`]: (listener) => {
      mock.log(`off${name}`);
      if (listener) {
        listeners.delete(listener);
      } else {
        listeners.clear();
      }
    },
  };
}
