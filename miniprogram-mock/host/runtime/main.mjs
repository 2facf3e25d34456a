// Starts the mini program in the page: the frame, the wx object, the framework, then App and the first page.
import { appGlobals, createApp } from './app.mjs';
import { createEnvironment } from './environment.mjs';
import { recordError } from './errors.mjs';
import { createMock } from './mock.mjs';
import { watchPageDialogs } from './page-dialogs.mjs';
import { Router } from './router.mjs';
import { drawToolbar } from './toolbar.mjs';
import { restoreSavedFiles } from './saved-files.mjs';
import { Settings } from './settings.mjs';
import { createWx } from './wx/index.mjs';

const program = window.__program;
const surface = document.getElementById('app');
const mock = createMock(program);
mock.settings = new Settings();
if (!mock.bare) {
  drawToolbar(mock, document.getElementById('toolbar'));
}

watchPageDialogs(surface);
const app = createApp(mock);
const router = new Router({ program, surface, app, mock });
const wx = createWx({ program, mock, router, app });
const environment = createEnvironment(program, surface, { ...appGlobals(app, router), wx, global: {} });
Object.assign(window, { mock, wx, getApp: () => app.instance, getCurrentPages: () => router.pages() });

restoreSavedFiles(mock)
  .then(() => {
    environment.run('app');
    for (const unit of Object.keys(program.units)) {
      environment.run(unit);
    }

    router.start(environment);
  })
  .catch((error) => {
    recordError(error);
    surface.textContent = `${error.message}: see the console`;
    console.error(error);
  });
