// The frame of one page: the navigation bar above, the scrolling area below.
import { text } from './words.mjs';

export function createFrame({ route, config, colours, onBack, onHome }) {
  const frame = document.createElement('div');
  frame.className = 'mp-page mp-hidden';
  frame.dataset.route = route;
  const custom = config.navigationStyle === 'custom';
  const bar = createBar(frame, onBack, onHome);
  const area = document.createElement('div');
  area.className = 'mp-area';
  const scroller = document.createElement('main');
  scroller.className = 'mp-scroll';
  // A keyboard must be able to scroll what has no control in it.
  scroller.tabIndex = 0;
  area.append(scroller);
  frame.append(...(custom ? [] : [bar.element]), area);

  const setColours = ({ frontColor, backgroundColor }) => {
    bar.element.style.color = frontColor ?? '';
    bar.element.style.background = backgroundColor ?? '';
  };
  const chosen = (name) => colours(config[name]);
  const front = { black: '#000000', white: '#ffffff' };
  const paint = () => {
    setColours({ frontColor: front[chosen('navigationBarTextStyle')], backgroundColor: chosen('navigationBarBackgroundColor') });
    area.style.background = chosen('backgroundColor') ?? '';
  };
  paint();

  const setTitle = (title) => {
    bar.title.textContent = title;
    scroller.setAttribute('aria-label', title);
    frame.dataset.title = title;
  };
  setTitle(config.navigationBarTitleText ?? '');
  return { frame, area, scroller, setTitle, setColours, paint, setBack: bar.setBack, setHome: bar.setHome };
}

function createBar(frame, onBack, onHome) {
  const element = document.createElement('header');
  element.className = 'mp-bar';
  const back = barButton('mp-back', text('back'), onBack);
  const home = barButton('mp-home', text('home'), onHome);
  const title = document.createElement('h1');
  title.className = 'mp-title';
  element.append(back, home, title);
  return {
    element,
    title,
    setBack: (shown) => {
      back.hidden = !shown;
    },
    setHome: (shown) => {
      home.hidden = !shown;
    },
  };
}

function barButton(className, label, onClick) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.hidden = true;
  button.setAttribute('aria-label', label);
  button.addEventListener('click', (event) => {
    event.stopPropagation();
    onClick();
  });
  return button;
}
