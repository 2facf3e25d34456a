export type Permission = 'granted' | 'refused';

/** Asks for a permission of the phone where it was not asked before. Once refused, only the settings can give it. */
export async function askFor(scope: 'scope.camera' | 'scope.record'): Promise<Permission> {
  const { authSetting } = await wx.getSetting();
  if (authSetting[scope] === true) {
    return 'granted';
  }
  if (authSetting[scope] === false) {
    return 'refused';
  }
  return wx.authorize({ scope }).then(
    () => 'granted',
    () => 'refused',
  );
}
