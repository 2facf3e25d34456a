// Beside the phone: who plays, the network switch, dark, text size, language, reload.
import { button, element } from './overlays.mjs';

export function drawToolbar(mock, root) {
  const { settings } = mock;
  const query = new URLSearchParams(location.search);
  const user = element('input', { value: query.get('user') ?? mock.user, 'aria-label': 'User' });
  const device = element('input', { value: query.get('device') ?? mock.device, 'aria-label': 'Device' });
  const play = () => {
    query.set('user', user.value || 'lin');
    query.set('device', device.value || '1');
    location.search = String(query);
  };
  root.append(
    element('strong', {}, ['Phone']),
    labelled('User', user),
    labelled('Device', device),
    button('Play as', '', play),
    networkSwitch(mock),
    select('Theme', { system: 'As the system', light: 'Light', dark: 'Dark' }, settings.chosen.theme, (value) => settings.set('theme', value)),
    select('Text', { 1: 'Normal', 1.25: 'Large', 1.5: 'Larger', 2: 'Double' }, String(settings.fontScale), (value) => settings.set('fontScale', Number(value))),
    select('Language', { zh_CN: '简体中文', en: 'English' }, settings.language, (value) => {
      settings.set('language', value);
      location.reload();
    }),
    button('Reload', '', () => location.reload()),
  );
}

const labelled = (name, control) => element('label', {}, [`${name} `, control]);

function select(name, options, chosen, onChoose) {
  return labelled(
    name,
    element(
      'select',
      { onchange: (event) => onChoose(event.target.value) },
      Object.entries(options).map(([value, label]) => element('option', { value, selected: value === chosen }, [label])),
    ),
  );
}

function networkSwitch(mock) {
  const box = element('input', {
    type: 'checkbox',
    checked: mock.networkType !== 'none',
    onchange: (event) => mock.network(event.target.checked ? 'wifi' : 'none'),
  });
  mock.networkListeners.add(({ isConnected }) => {
    box.checked = isConnected;
  });
  return element('label', {}, [box, ' Network']);
}
