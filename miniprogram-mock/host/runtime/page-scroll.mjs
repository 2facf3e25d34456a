// What a page hears of its scrolling: the end reached, the position, and a pull at the top that asks for fresh data.
const pullPixels = 70;

export function followScrolling({ scroller, area, config, hear }) {
  const reachPixels = config.onReachBottomDistance ?? 50;
  let wasAtEnd = false;
  scroller.addEventListener('scroll', () => {
    hear('onPageScroll', { scrollTop: scroller.scrollTop });
    const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - reachPixels;
    if (atEnd && !wasAtEnd) {
      hear('onReachBottom');
    }

    wasAtEnd = atEnd;
  });

  const mark = document.createElement('div');
  mark.className = 'mp-refresh';
  mark.hidden = true;
  area.append(mark);
  const refresh = {
    start() {
      if (mark.hidden) {
        mark.hidden = false;
        hear('onPullDownRefresh');
      }
    },
    stop() {
      mark.hidden = true;
    },
  };
  if (config.enablePullDownRefresh) {
    watchPull(scroller, refresh);
  }

  return refresh;
}

function watchPull(scroller, refresh) {
  let from = null;
  scroller.addEventListener(
    'touchstart',
    (event) => {
      from = scroller.scrollTop <= 0 ? event.touches[0].clientY : null;
    },
    { passive: true },
  );
  scroller.addEventListener(
    'touchmove',
    (event) => {
      if (from !== null && event.touches[0].clientY - from > pullPixels) {
        from = null;
        refresh.start();
      }
    },
    { passive: true },
  );
}
