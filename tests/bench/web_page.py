"""Frames per second of the page with thousands of tracks that move in every frame, in headless Chromium without a graphics processor: rows for doc/figures/web.md.

    python3 tests/bench/web_page.py [SECONDS]       from the top of the tree; a quiet machine, please
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'web'))
import browser  # noqa: E402
import serve  # noqa: E402

CASES = [('10 000 tracks, whole continent, full data blocks', 'aircraft=10000', False), ('the same, the view panned in every frame', 'aircraft=10000', True),
         ('10 000 tracks, a closer view', 'aircraft=10000&zoom=4.9&lat=40&lon=-95', False), ('10 000 tracks over coverage with gaps', 'aircraft=10000&coverage=5c', False),
         ('20 000 tracks, whole continent, full data blocks', 'aircraft=20000', False)]
# every animation frame is drawn and timed; a pan moves the view by two pixels to and fro
MEASURE = '''const done = arguments[1], [seconds, pan] = arguments[0], between = [], script = [];
airseam.always = true;
let last = performance.now(), n = 0;
const end = last + 1000 * seconds;
const step = () => {
  const now = performance.now();
  between.push(now - last);
  script.push(airseam.frames.drawing);
  last = now;
  if (pan) { airseam.view.pan(n++ % 60 < 30 ? 2 : -2, 0); airseam.input.active = now; }
  if (now < end) return requestAnimationFrame(step);
  const at = (list, share) => list.sort((a, b) => a - b)[Math.floor(list.length * share)];
  done([between.length / seconds, at(between, 0.95), at(script, 0.5), airseam.tracks.shown, airseam.tracks.labelled.length]);
};
requestAnimationFrame(step);'''


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 8
    server = serve.start()
    with browser.Browser(1280, 800) as b:
        b.call('POST', '/timeouts', {'script': int(1000 * (seconds + 60))})
        print(f'\n## In the browser\n\nDebian\'s chromium {b.version.split(".")[0]} without a graphics processor, 1280 × 800, on {os.cpu_count()} processors with a load of {os.getloadavg()[0]:.1f} before it began; the page as it is served, '
              'with invented aircraft that all move in every frame and are all told anew once a second. At least 30 frames a second are to hold for 10 000 tracks.\n')
        print('| what is drawn | frames/s | p95 ms | drawing, median ms | tracks in view | data blocks |\n|---|---|---|---|---|---|')
        for name, query, pan in CASES:
            b.open(f'http://127.0.0.1:{server.server_address[1]}/?{query}')
            b.wait("typeof airseam !== 'undefined' && airseam.picture.tracks.count >= 10000 && airseam.ground.land?.at(0).length > 0 && airseam.tracks.shown > 0")
            fps, p95, drawing, shown, labels = b.call('POST', '/execute/async', {'script': MEASURE, 'args': [[seconds, pan]]})
            print(f'| {name} | {fps:.1f} | {p95:.1f} | {drawing:.1f} | {shown} | {labels} |', flush=True)


if __name__ == '__main__':
    main()
