// The App object and what starts, shows and hides it.
import { recordError } from './errors.mjs';

export function createApp(mock) {
  const listeners = { onAppShow: new Set(), onAppHide: new Set() };
  const app = { instance: null, launchOptions: null, enterOptions: null, listeners };

  const call = (name, ...values) => {
    try {
      app.instance?.[name]?.(...values);
    } catch (error) {
      recordError(error);
    }
  };

  app.launch = (options) => {
    app.launchOptions = options;
    app.enterOptions = options;
    call('onLaunch', options);
    call('onShow', options);
  };
  app.show = () => {
    call('onShow', app.enterOptions);
    listeners.onAppShow.forEach((listener) => listener(app.enterOptions));
  };
  app.hide = () => {
    call('onHide');
    listeners.onAppHide.forEach((listener) => listener({ reason: 0 }));
  };
  app.call = call;
  app.theme = () => mock.settings.theme;
  return app;
}

export function appGlobals(app, router) {
  return {
    App(definition) {
      app.instance = { globalData: {}, ...definition };
    },
    getApp: () => app.instance,
    getCurrentPages: () => router.pages(),
  };
}
