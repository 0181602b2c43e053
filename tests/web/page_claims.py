"""The page in a browser, end to end, with invented aircraft in place of a daemon (mock.js): what people do, what the page shows, what it asks for.
Run by test_page.sh from the top of the tree. Pictures go to build/screens/. Waits are for conditions, never for times."""
import os
import sys
import traceback

import browser
import serve

SCREENS = os.path.join('build', 'screens')
# where a track is on the screen; one that nothing else is near
LONELY = '''(() => { const l = airseam.tracks, t = airseam.picture.tracks, r = l.ratio, box = document.getElementById('stage').getBoundingClientRect();
  const inside = l.order.filter(s => t.callsign[s] && t.px[s] > 60 && t.py[s] > 60 && t.px[s] < box.width * r - 60 && t.py[s] < box.height * r - 60);
  const near = s => Math.min(...l.order.filter(o => o !== s).map(o => Math.hypot(t.px[o] - t.px[s], t.py[o] - t.py[s])));
  const s = inside.reduce((best, s) => near(s) > near(best) ? s : best);
  return [t.number[s], box.left + t.px[s] / r, box.top + t.py[s] / r, t.callsign[s]]; })()'''
ASKED = 'airseam.link.asks.findLast(m => m[a[0]])'


class Claims:
    def __init__(self, b, base):
        self.b, self.base, self.failed = b, base, False

    def open(self, query='', ready='airseam?.picture.tracks.count > 0 && airseam.ground.land?.at(0).length > 0 && airseam.tracks.shown > 0'):
        self.b.open(f'{self.base}?{query}')
        self.b.wait(f"typeof airseam !== 'undefined' && {ready}")

    def shot(self, name):
        self.b.screenshot(os.path.join(SCREENS, name + '.png'))

    def claim(self, test):
        text = test.__name__.replace('_', ' ')
        try:
            test(self)
            complaints = self.b.complaints()
            assert not complaints, complaints
            odd = self.b.run("/.{0,20}(\\[object|undefined|NaN|Infinity).{0,20}/.exec(document.body.innerText)?.[0]")
            assert not odd, odd
            print(f'ok - {text}', flush=True)
        except Exception:  # whatever goes wrong is this claim's failure; the others are still heard
            self.failed = True
            print(f'not ok - {text}\n# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
            try:
                self.shot('failed-' + test.__name__)
            except (OSError, RuntimeError):
                pass

    def text(self, selector):
        return self.b.run('document.querySelector(a[0])?.textContent', selector)


def the_page_loads_and_draws_the_whole_continent(c):
    c.open('aircraft=3000')
    c.b.wait("document.getElementById('badge').className.includes('live') && airseam.tracks.labelled.length > 10")
    assert c.b.run('airseam.tracks.shown') == 3000
    assert c.text('#count') == '3\u202f000'
    c.shot('continent')


def dragging_pans_and_the_wheel_of_keys_zooms(c):
    c.open('aircraft=1000')
    before = c.b.run('[airseam.view.x, airseam.view.y, airseam.view.scale]')
    c.b.drag([(500, 400), (560, 430), (620, 460)])
    after = c.b.run('[airseam.view.x, airseam.view.y]')
    assert abs((before[0] - after[0]) * before[2] - 120) < 2 and abs((after[1] - before[1]) * before[2] - 60) < 2, (before, after)
    c.b.press('e', 'e', 'e')
    assert abs(c.b.run('airseam.view.scale') / before[2] - 1.4 ** 3) < 1e-6
    c.b.wait("new URLSearchParams(location.search).has('zoom')")
    c.b.wait('airseam.link.asks.some(m => m.viewport?.north_e5)')
    c.b.press('h')
    assert c.b.run('airseam.view.x') == before[0] and c.b.run('airseam.view.scale') == before[2]


def a_click_selects_and_the_panel_says_what_is_known(c):
    c.open('aircraft=150')
    c.b.wait('airseam.tracks.order.length > 100')
    number, x, y, callsign = c.b.run(LONELY)
    c.b.click_at(x, y)
    c.b.wait('airseam.selected === a[0]', number)
    c.b.wait("document.getElementById('track-name')?.textContent === a[0]", callsign)
    assert c.b.run(ASKED, 'select') == {'select': {'number': number}}
    c.b.wait("new URLSearchParams(location.search).get('track') === String(a[0])", number)
    c.b.press('f')
    assert c.b.run('airseam.options.follow')
    c.b.press('Escape')
    assert c.b.run('airseam.selected') == 0


def who_asks_for_attention_is_listed_until_somebody_is_selected(c):
    c.open('aircraft=500')
    c.b.wait("document.querySelectorAll('#attention tr').length > 0")
    assert c.b.run("document.querySelectorAll('#attention tr').length === [...airseam.picture.tracks.slotOf.values()].filter(s => airseam.picture.tracks.kind[s] === 0).length")
    callsign = c.text('#attention td')
    c.b.click('#attention tr')
    c.b.wait("document.getElementById('track-name')?.textContent === a[0]", callsign)


def searching_finds_a_callsign(c):
    c.open('aircraft=500')
    callsign = c.b.run("airseam.picture.tracks.callsign.find(Boolean)")
    c.b.press('/')
    c.b.write('#search', callsign)
    c.b.write('#search', 'Enter')
    c.b.wait("document.getElementById('track-name')?.textContent === a[0]", callsign)
    c.b.wait('airseam.tracks.labelled.length > 0 && airseam.view.level >= 5.99')
    c.shot('selected')


def filters_leave_out_what_they_say_and_the_daemon_is_asked(c):
    c.open('aircraft=2000')
    c.b.click('#rail-filters')
    low = c.b.find('#filter-high')
    assert low
    c.b.run("(e => { e.value = 10000; e.dispatchEvent(new Event('change')); })(document.getElementById('filter-high'))")
    c.b.wait('airseam.tracks.shown > 0 && airseam.tracks.shown < 2000')
    assert c.b.run('airseam.tracks.order.every(s => airseam.picture.tracks.altitude[s] <= 10000)')
    c.b.wait('airseam.link.asks.findLast(m => m.filter)?.filter.highest_25ft === 400')
    c.shot('filters')
    c.b.write('#filter-callsign', 'AMX|VOI')
    c.b.wait("airseam.tracks.order.every(s => /^(AMX|VOI)/.test(airseam.picture.tracks.callsign[s]))")
    c.b.click('#filter-classes-2')
    c.b.wait('airseam.tracks.shown === 0')
    c.b.press('Escape')


def labels_vectors_and_history_have_their_keys(c):
    c.open('aircraft=300')
    for key, option, values in (('l', 'labels', [0, 3]), ('o', 'labels', [0, 1, 2, 3]), ('k', 'history', [0, 5]), ('PageUp', 'vector', [2, 4, 8, 0, 1])):
        for value in values:
            c.b.press(key)
            assert c.b.run('airseam.options[a[0]]', option) == value, (key, value)
    c.b.press('l')
    c.b.wait('airseam.tracks.labelled.length === 0')


def mexico_is_switched_on_and_off(c):
    c.open('aircraft=800&tab=coverage')
    c.b.press('g')
    c.b.wait("document.querySelectorAll('#coverage-figures tbody tr').length >= 4")
    before = c.text('#coverage-figures')
    c.b.click('#nation-MX')
    c.b.wait("airseam.link.asks.findLast(m => m.coverage)?.coverage.where === 'nation=US,CA status!=closed'")
    c.b.wait("document.getElementById('coverage-figures').textContent !== a[0]", before)
    c.b.press('x')
    c.b.wait("document.getElementById('coverage-figures').textContent === a[0]", before)
    c.b.run("(e => { e.value = 'baseline'; e.dispatchEvent(new Event('change')); })(document.getElementById('coverage-compare'))")
    c.b.wait("airseam.picture.coverage.lost.corners.length > 0 && document.querySelector('.delta.plus')")
    c.shot('coverage-difference')


def a_radar_is_switched_off(c):
    c.open('aircraft=300&tab=health')
    c.b.wait("document.querySelector('#sensor-rows tr')")
    source = c.b.run("Number(document.querySelector('#sensor-rows tr:nth-child(4)').dataset.source)")
    c.b.click('#sensor-rows tr:nth-child(4)')
    c.b.click('#switch')
    c.b.wait('airseam.link.asks.some(m => m.sensor_switch)')
    assert c.b.run(ASKED, 'sensor_switch') == {'sensor_switch': {'source': source, 'off': True}}
    c.shot('health')


def a_handoff_is_accepted_by_mouse_and_rejected_by_key(c):
    c.open('aircraft=600&tab=handoffs')
    c.b.wait("document.querySelector('.handoff [data-act=accept]')")
    first = c.b.run("Number(document.querySelector('.handoff').dataset.id)")
    c.b.click('.handoff [data-act=accept]')
    c.b.wait('airseam.link.asks.some(m => m.handoff)')
    asked = c.b.run(ASKED, 'handoff')['handoff']
    assert (asked['what'], asked['handoff']) == (2, first), asked
    c.b.press('n')
    c.b.wait('airseam.selected > 0')
    c.b.press('Shift+R')
    c.b.wait('airseam.link.asks.findLast(m => m.handoff).handoff.what === 3')
    assert c.b.run('airseam.link.asks.findLast(m => m.handoff).handoff.track === airseam.selected')
    c.shot('handoffs')


def the_picture_pauses_and_a_click_on_the_line_seeks(c):
    c.open('aircraft=300&replay')
    c.b.wait("document.getElementById('badge').className.includes('replay')")
    c.b.press(' ')
    c.b.wait('airseam.picture.time.paused')
    c.b.wait("document.getElementById('clock').textContent.startsWith(new Date(airseam.picture.time.instant_ms).toISOString().slice(11, 19))")
    box = c.b.run("(b => [b.left, b.top, b.width, b.height])(document.getElementById('line').getBoundingClientRect())")
    c.b.click_at(box[0] + box[2] / 2, box[1] + box[3] / 2)
    c.b.wait('Math.abs(airseam.picture.time.instant_ms - airseam.link.started - 1800000) < 20000')
    c.b.wait("(t => t && Math.abs(Date.parse(t) - airseam.picture.time.instant_ms) < 1000)(new URLSearchParams(location.search).get('time'))")
    c.shot('replay')
    c.b.press(' ')
    c.b.wait('!airseam.picture.time.paused')


def a_link_shows_the_same_view_again(c):
    query = ('aircraft=900&lat=31.7600&lon=-106.4900&zoom=6.50&theme=light&lang=es&labels=2&vector=4&tab=coverage&track=12&filterAltMin=1000&filterCallSign=A&'
             'coverage=7p&coverageNations=US,CA&hide=firs')
    c.open(query, "airseam.picture.tracks.count > 0 && airseam.tracks.shown >= 0 && airseam.ground.land")
    c.b.press('o', 'Shift+O')  # something that makes the page write its address again
    c.b.wait("new URLSearchParams(location.search).get('coverage') === '7p' && !location.search.includes('aircraft')")
    told = c.b.run('location.search.slice(1)')
    assert sorted(told.split('&')) == sorted(query.split('&')[1:]), told
    at = c.b.run('airseam.projection.inverse(airseam.view.x, airseam.view.y)')
    assert abs(at[0] - 31.76) < 1e-4 and abs(at[1] + 106.49) < 1e-4, at
    c.shot('link-light-spanish')


def three_languages_and_two_themes_fit_the_screen(c):
    for language, word in (('es', 'EN VIVO'), ('fr', 'DIRECT'), ('en', 'LIVE')):
        for width, height in ((1280, 800), (1024, 768), (768, 1024)):
            c.b.size(width, height)
            c.open(f'aircraft=400&lang={language}&theme={"light" if language == "fr" else "dark"}&tab=handoffs')
            c.b.wait("document.getElementById('badge').textContent === a[0]", word)
            assert c.b.run('document.documentElement.lang') == language
            for panel in ('track', 'handoffs', 'coverage', 'health'):
                c.b.click('#tab-' + panel)
                wide = c.b.run("[...document.querySelectorAll('#bar, #side, #time, .panel, .tabs')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0).map(e => `${e.id} ${e.className} ${e.scrollWidth} > ${e.clientWidth}`)")
                assert not wide, (language, width, panel, wide)
        c.shot(f'tablet-{language}')
    c.b.size(1280, 800)


def the_pole_is_a_place_like_any_other(c):
    c.open('aircraft=3000&projection=polar')
    assert c.b.run('airseam.projection.name') == 'polar' and c.b.run('airseam.tracks.shown') > 1500
    c.shot('polar')
    c.b.press('Shift+P')
    c.b.wait("airseam.projection.name === 'laea' && airseam.ground.drawn")


def measuring_and_range_rings(c):
    c.open('aircraft=300')
    c.b.press('m')
    c.b.click_at(420, 300)
    c.b.click_at(640, 420)
    assert c.b.run('airseam.over.lines.length') == 1
    c.b.press('m', 'r')
    c.b.click_at(700, 500)
    c.b.wait('airseam.options.rings !== null')
    c.b.press('e', 'e')
    c.shot('measure-rings')
    c.b.press('Escape')
    assert c.b.run('airseam.options.rings') is None and c.b.run('airseam.over.lines.length') == 0


def the_keys_are_listed_and_every_dialog_closes(c):
    c.open('aircraft=100')
    c.b.press('?')
    c.b.wait("document.getElementById('dialog').open && document.querySelectorAll('.keys div').length > 20")
    assert '[object' not in c.text('#dialog')
    c.shot('keys')
    c.b.click('#dialog button')
    c.b.wait("!document.getElementById('dialog').open")
    for name in ('layers', 'legend'):
        c.b.click('#rail-' + name)
        c.b.wait("!document.getElementById('flyout').hidden")
        c.shot(name)
    c.b.click('#rail-legend')
    c.b.wait("document.getElementById('flyout').hidden")


def a_lost_connection_is_said_at_once(c):
    c.open('aircraft=200')
    c.b.run("airseam.link.events.state('closed')")
    c.b.wait("document.getElementById('badge').className.includes('cut') && !document.getElementById('curtain').hidden")
    c.shot('cut')
    c.b.run("airseam.link.events.state('open')")
    c.b.wait("document.getElementById('curtain').hidden")


def what_is_shown_can_be_kept_as_a_picture(c):
    c.open('aircraft=300&coverage=5c')
    c.b.wait('airseam.picture.coverage')
    size = c.b.call('POST', '/execute/async', {'script': "const done = arguments[0]; import('/export.js').then(m => m.png(airseam)).then(b => done(b.size));", 'args': []})
    assert size > 20000, size


CLAIMS = [the_page_loads_and_draws_the_whole_continent, dragging_pans_and_the_wheel_of_keys_zooms, a_click_selects_and_the_panel_says_what_is_known, who_asks_for_attention_is_listed_until_somebody_is_selected, searching_finds_a_callsign,
          filters_leave_out_what_they_say_and_the_daemon_is_asked, labels_vectors_and_history_have_their_keys, mexico_is_switched_on_and_off, a_radar_is_switched_off,
          a_handoff_is_accepted_by_mouse_and_rejected_by_key, the_picture_pauses_and_a_click_on_the_line_seeks, a_link_shows_the_same_view_again,
          three_languages_and_two_themes_fit_the_screen, the_pole_is_a_place_like_any_other, measuring_and_range_rings, the_keys_are_listed_and_every_dialog_closes,
          a_lost_connection_is_said_at_once, what_is_shown_can_be_kept_as_a_picture]


def main():
    if browser.missing():
        print(f'skip - the page in a browser: {browser.missing()} is not there')
        return 0
    server = serve.start()
    with browser.Browser() as b:
        claims = Claims(b, 'http://127.0.0.1:%d/' % server.server_address[1])
        for test in CLAIMS if len(sys.argv) < 2 else [t for t in CLAIMS if any(word in t.__name__ for word in sys.argv[1:])]:
            claims.claim(test)
    return int(claims.failed)


if __name__ == '__main__':
    sys.exit(main())
