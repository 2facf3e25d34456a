import { api } from './services/api';
import { takeUpLeftDrafts } from './services/keepers';

App({
  onLaunch() {
    takeUpLeftDrafts();
  },
  onShow() {
    api.resumed();
  },
});
