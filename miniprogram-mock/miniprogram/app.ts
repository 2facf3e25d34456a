import { api } from './services/api';

App({
  onShow() {
    api.resumed();
  },
});
