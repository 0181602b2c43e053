"""The page on a real airseamd, in a browser: simulated radars over sockets, then the tape of them. Run by test_live_page.sh from the top of the tree with the
programs' paths in AIRSEAM and AIRSEAMD. Pictures go to build/screens/. Waits are for conditions, never for times."""
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import browser
from page_claims import Claims, LONELY

AIRSEAM, AIRSEAMD = os.environ.get('AIRSEAM', 'build/release/airseam'), os.environ.get('AIRSEAMD', 'build/release/airseamd')
READY = 'airseam?.picture.tracks.count > 20 && airseam.ground.land?.at(0).length > 0'
SETTINGS = '''
node: {{name: test, nation: US}}
clock: {{kind: scenario, listen: "udp://127.0.0.1:{0}"}}
sensors: {{files: [{3}/sensors.csv]}}
http: {{listen: "tcp://127.0.0.1:{1}", nation: US}}
control: {{socket: {3}/node.sock}}
tape: {{directory: {3}}}
feeds:
  - {{name: all, listen: "udp://127.0.0.1:{2}"}}
'''
TOKEN = '0123456789abcdef0123456789abcdef'
ACCOUNTS = f'''
accounts:
  - {{name: operator, nation: US, token_sha256: {hashlib.sha256(TOKEN.encode()).hexdigest()}, may: [operate, handoff, time]}}
  - {{name: viewer, nation: MX, token_sha256: {hashlib.sha256(TOKEN[::-1].encode()).hexdigest()}, may: []}}
'''


def ports():
    """Free ones: of the clock, of the web server, of the feed."""
    held = [socket.socket(socket.AF_INET, kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_DGRAM)]
    for one in held:
        one.bind(('127.0.0.1', 0))
    numbers = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return numbers


class Node:
    """A daemon in a folder of its own, and what plays to it."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='airseam-page.')
        self.clock, self.web, self.feed = ports()
        self.started = []
        with open(os.path.join(self.folder, 'sensors.csv'), 'w') as file:
            subprocess.run([AIRSEAM, 'sensors', '--where', 'flags=border', '--csv'], stdout=file, check=True)
        with open(os.path.join(self.folder, 'node.yaml'), 'w') as file:
            file.write(SETTINGS.format(self.clock, self.web, self.feed, self.folder))
        self.address = f'http://127.0.0.1:{self.web}/'

    def start(self, name, *command):
        log = open(os.path.join(self.folder, name + '.log'), 'w')
        self.started.append(subprocess.Popen(command, stdout=log, stderr=log))
        return self.started[-1]

    def listens(self):
        for _ in range(600):
            try:
                with urllib.request.urlopen(self.address, timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(f'nobody listens at {self.address}')

    def live(self, more=''):
        with open(os.path.join(self.folder, 'node.yaml'), 'a') as file:
            file.write(more)
        self.start('daemon', AIRSEAMD, '--config', os.path.join(self.folder, 'node.yaml'))
        self.listens()
        self.start('simulate', AIRSEAM, 'simulate', '--seed', '7', '--aircraft', '120', '--duration', '100000', '--rate', '10', '--clock', f'udp://127.0.0.1:{self.clock}',
                   '--to', f'udp://127.0.0.1:{self.feed}')

    def stop(self):
        for process in reversed(self.started):
            process.terminate()
            process.wait()
        self.started = []

    def replay(self):
        """The tape of what was live."""
        self.stop()
        tape = next(name for name in sorted(os.listdir(self.folder)) if name.endswith('.tape'))
        self.start('replay', AIRSEAMD, '--replay', os.path.join(self.folder, tape), '--listen', f'tcp://127.0.0.1:{self.web}')
        self.listens()

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return json.load(answer)

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def the_page_shows_the_tracks_that_the_daemon_has(c):
    c.open('', READY)
    c.b.wait("document.getElementById('badge').className.includes('live')")
    c.b.wait('airseam.picture.counts.tracks === airseam.picture.tracks.count && airseam.picture.tally()[1] > 20')
    theirs = {one['hex'].upper() for one in c.node.get('data/aircraft.json')['aircraft']}
    ours = set(c.b.run("[...airseam.picture.tracks.slotOf.values()].filter(s => airseam.picture.tracks.modeS[s]).map(s => (airseam.picture.tracks.modeS[s] - 1).toString(16).toUpperCase().padStart(6, '0'))"))
    assert len(ours) > 10 and len(ours - theirs) <= 3, ours - theirs
    c.shot('live')


def a_closer_view_is_sent_fewer_tracks(c):
    c.open('', READY)
    whole = c.b.wait('airseam.picture.tracks.count')
    c.b.press('e', 'e', 'e', 'e', 'e', 'e')
    c.b.wait('airseam.picture.tracks.count < a[0] && airseam.picture.counts.tracks >= a[0] * 0.8', whole)
    c.b.press('h')
    c.b.wait('airseam.picture.tracks.count >= a[0] * 0.8', whole)


def a_selected_track_tells_its_sensors_and_accuracy(c):
    c.open('', READY)
    c.b.wait('airseam.tracks.order.length > 20')
    number, x, y, callsign = c.b.run(LONELY)
    c.b.click_at(x, y)
    c.b.wait('airseam.picture.detail?.number === a[0] && airseam.picture.detail.source.length > 0 && airseam.picture.detail.sigma_major_m > 0', number)
    c.b.wait("document.getElementById('panel').textContent.includes(a[0])", c.b.run('airseam.picture.sensors.get(airseam.picture.detail.source[0]).name'))
    c.b.press('e', 'e', 'e', 'e')
    c.b.run('airseam.goToTrack(airseam.selected)')
    c.shot('live-selected')
    c.b.press('Escape')


def a_radar_whose_plug_is_pulled_says_so(c):
    c.open('tab=health', READY)
    c.b.wait("airseam.picture.welcome && document.querySelectorAll('#sensor-rows tr').length > 20")
    source = c.b.wait('[...airseam.picture.sensors.values()].find(s => s.health === 1)?.source')
    c.b.click(f'#sensor-rows tr[data-source="{source}"]')
    c.b.click('#switch')
    c.b.wait('airseam.picture.sensors.get(a[0]).health === 4', source)
    c.shot('live-radar-off')
    c.b.wait("document.getElementById('switch')?.textContent === 'Switch on'")
    c.b.click('#switch')
    c.b.wait('airseam.picture.sensors.get(a[0]).health !== 4', source)


def pausing_holds_the_picture_and_going_on_catches_up(c):
    c.open('', READY)
    c.b.press(' ')
    c.b.wait('airseam.picture.time.paused')
    held = c.b.run('airseam.picture.time.instant_ms')
    c.b.press(' ')
    c.b.wait('!airseam.picture.time.paused && airseam.picture.time.instant_ms > a[0] + 2000', held)


def a_tape_is_replayed_paused_sought_and_stepped(c):
    c.open('', READY.replace('20', '5'))
    c.b.wait("document.getElementById('badge').className.includes('replay') && airseam.picture.time.last_ms > airseam.picture.time.first_ms")
    box = c.b.run("(b => [b.left, b.top, b.width, b.height])(document.getElementById('line').getBoundingClientRect())")
    c.b.click_at(box[0] + box[2] * 0.75, box[1] + box[3] / 2)
    c.b.wait('(t => (t.instant_ms - t.first_ms) / (t.last_ms - t.first_ms) > 0.7)(airseam.picture.time)')
    c.b.press(' ')
    c.b.wait('airseam.picture.time.paused')
    at = c.b.run('airseam.picture.time.instant_ms')
    c.b.press('.')
    c.b.wait('airseam.picture.time.instant_ms > a[0] && airseam.picture.time.paused', at)
    c.b.press(';')
    c.b.wait('airseam.picture.time.rate_milli > 1000')
    c.b.wait('airseam.picture.tracks.count > 5')
    c.shot('live-replay')


def a_link_with_a_time_shows_that_instant(c):
    first, last = c.b.run('[airseam.picture.time.first_ms, airseam.picture.time.last_ms]')
    wanted = int(first + (last - first) / 3)
    iso = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(wanted // 1000))
    c.open(f'time={iso}&paused=1&lat=30&lon=-105&zoom=5.00&tab=health', 'airseam?.picture.time.paused')
    c.b.wait('Math.abs(airseam.picture.time.instant_ms - a[0]) < 3000 && airseam.picture.time.paused', wanted)
    c.b.wait("location.search.includes('paused=1') && location.search.includes('time=')")


def mexico_s_radars_are_left_out_of_coverage_and_the_difference_is_shown(c):
    c.open('tab=coverage&coverage=5c', READY)
    seen = "Number(document.querySelector('#coverage-figures tbody tr:nth-child(1) td:nth-child(3)')?.textContent)"
    all_three = c.b.wait(f'airseam.picture.coverage && !airseam.picture.coverage.error && {seen}')
    c.b.click('#nation-MX')
    two = c.b.wait(f"({seen} < a[0]) && {seen}", all_three)
    assert 0 < two < all_three, (two, all_three)
    c.b.run("(e => { e.value = 'all'; e.dispatchEvent(new Event('change')); })(document.getElementById('coverage-compare'))")
    c.b.wait("airseam.picture.coverage.gained?.corners.length > 0 && document.querySelector('.delta.minus')")
    c.b.wait('airseam.ground.covered?.lost.surface.length > 0 && !airseam.ground.dirty')
    c.b.click('#nation-MX')
    c.b.run("(e => { e.value = '8'; e.dispatchEvent(new Event('change')); })(document.getElementById('coverage-layer'))")
    c.b.click('#coverage-observed')
    c.b.wait("airseam.picture.coverage.layer === 8 && / ([0-9.]+) %$/.exec(document.getElementById('coverage-agreement').textContent)?.[1] > 90")
    c.shot('live-coverage')


def who_has_no_token_sees_nothing_and_who_signs_in_sees_what_is_theirs(c):
    c.open('', "airseam?.picture.welcome?.accounts && document.getElementById('dialog').open")
    assert c.b.run('airseam.picture.tracks.count') == 0
    c.b.write('#dialog input[name=token]', 'somebody else')
    c.b.click('#dialog button[type=submit]')
    c.b.wait("document.getElementById('toast').className.includes('bad') && document.getElementById('dialog').open && !document.querySelector('#dialog input[name=token]').value")
    c.b.write('#dialog input[name=token]', TOKEN[::-1])
    c.b.click('#dialog button[type=submit]')
    c.b.wait("airseam.picture.tracks.count > 5 && document.getElementById('user').textContent.startsWith('viewer')")
    c.b.click('#tab-health')
    c.b.wait("document.querySelector('#sensor-rows tr')")
    c.b.click('#sensor-rows tr')
    c.b.wait("!document.getElementById('sensor-card').hidden && !document.getElementById('switch')")
    c.shot('live-signed-in')


def a_live_viewer_goes_back_in_time_and_returns(c):
    c.open('', READY)
    c.b.wait('airseam.picture.time.state === 1 && airseam.picture.time.last_ms - airseam.picture.time.first_ms > 20000')
    box = c.b.run("(b => [b.left, b.top, b.width, b.height])(document.getElementById('line').getBoundingClientRect())")
    now = c.b.run('airseam.picture.time.instant_ms')
    c.b.click_at(box[0] + box[2] * 0.3, box[1] + box[3] / 2)
    c.b.wait("airseam.picture.time.state === 3 && airseam.picture.time.instant_ms < a[0] && document.getElementById('badge').className.includes('replay')", now)
    c.b.wait('airseam.picture.tracks.count > 5')
    c.shot('live-past')
    c.b.wait("!document.getElementById('to-live').hidden")
    c.b.click('#to-live')
    c.b.wait("airseam.picture.time.state === 1 && airseam.picture.time.instant_ms > a[0] && document.getElementById('badge').className.includes('live') && document.getElementById('curtain').hidden", now)
    c.b.wait('airseam.picture.tracks.count > 20')


LIVE = [the_page_shows_the_tracks_that_the_daemon_has, a_closer_view_is_sent_fewer_tracks, a_selected_track_tells_its_sensors_and_accuracy, a_radar_whose_plug_is_pulled_says_so,
        mexico_s_radars_are_left_out_of_coverage_and_the_difference_is_shown,
        pausing_holds_the_picture_and_going_on_catches_up, a_live_viewer_goes_back_in_time_and_returns]
TAPE = [a_tape_is_replayed_paused_sought_and_stepped, a_link_with_a_time_shows_that_instant]


SIGNED = [who_has_no_token_sees_nothing_and_who_signs_in_sees_what_is_theirs]


def play(b, words, scenes):
    node = Node()
    c = Claims(b, node.address)
    c.node = node
    try:
        for begin, claims, *more in scenes(node):
            if words and not any(word in test.__name__ for test in claims for word in words):
                continue
            b.open('about:blank')  # or the page would look for a daemon that is gone, and complain
            b.complaints()
            begin(*more)
            for test in claims:
                if not words or any(word in test.__name__ for word in words):
                    c.claim(test)
        return c.failed
    finally:
        node.close()


def main():
    if browser.missing():
        print(f'skip - the page on a daemon: {browser.missing()} is not there')
        return 0
    with browser.Browser() as b:
        failed = play(b, sys.argv[1:], lambda node: [(node.live, LIVE), (node.replay, TAPE)])
        return int(play(b, sys.argv[1:], lambda node: [(node.live, SIGNED, ACCOUNTS)]) or failed)


if __name__ == '__main__':
    sys.exit(main())
