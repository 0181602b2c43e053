"""A browser without a screen: Debian's chromium, driven by its chromedriver over the WebDriver protocol (W3C, 2018), which is JSON over HTTP."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

OPTIONS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
           '--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars', '--force-device-scale-factor=1']
ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
KEYS = {'Escape': '\ue00c', 'Enter': '\ue007', 'PageUp': '\ue00e', 'PageDown': '\ue00f', 'ArrowLeft': '\ue012', 'ArrowUp': '\ue013', 'ArrowRight': '\ue014',
        'ArrowDown': '\ue015', 'Shift': '\ue008'}


def missing():
    """What is needed and not there, or None."""
    return next((name for name in ('chromium', 'chromedriver') if not shutil.which(name)), None)


class Browser:
    def __init__(self, width=1280, height=800, log=os.devnull):
        self.profile = tempfile.mkdtemp(prefix='airseam-browser.')
        self.log = open(log, 'w')
        self.driver = subprocess.Popen(['chromedriver', '--port=0'], stdout=subprocess.PIPE, stderr=self.log, text=True)
        for line in self.driver.stdout:
            if 'started successfully on port' in line:
                self.base = 'http://127.0.0.1:' + line.rsplit(' ', 1)[1].strip().rstrip('.')
                break
        options = OPTIONS + [f'--user-data-dir={self.profile}', f'--window-size={width},{height}', '--remote-debugging-port=0']
        # started here and reached by its number: a bare system may not know the name localhost, by which chromedriver would look for it
        self.browser = subprocess.Popen(['chromium'] + options, stdout=self.log, stderr=self.log)
        chrome = {'debuggerAddress': f'127.0.0.1:{self.debugging_port()}'}
        answer = self.call('POST', '/session', {'capabilities': {'alwaysMatch': {'goog:chromeOptions': chrome, 'goog:loggingPrefs': {'browser': 'ALL'}}}})
        self.base += '/session/' + answer['sessionId']
        self.version = answer['capabilities']['browserVersion']
        self.size(width, height)

    def debugging_port(self):
        """What chromium says of it in its profile, once it listens."""
        path = os.path.join(self.profile, 'DevToolsActivePort')
        end = time.monotonic() + 60
        while time.monotonic() < end and self.browser.poll() is None:
            if os.path.exists(path) and (lines := open(path).read().split()):
                return int(lines[0])
            time.sleep(0.05)
        raise RuntimeError('chromium does not listen')

    def call(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + path, data, {'Content-Type': 'application/json'}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)['value']['message']) from None

    def size(self, width, height):
        """Of the page itself, not of the window around it."""
        self.call('POST', '/goog/cdp/execute', {'cmd': 'Emulation.setDeviceMetricsOverride',
                                               'params': {'width': width, 'height': height, 'deviceScaleFactor': 1, 'mobile': False}})

    def open(self, url):
        self.call('POST', '/url', {'url': url})

    def run(self, script, *arguments):
        """The value of a JavaScript expression; arguments are `a`, an array."""
        return self.call('POST', '/execute/sync', {'script': f'const a = arguments; return ({script});', 'args': list(arguments)})

    def wait(self, script, *arguments, seconds=float(os.environ.get('BROWSER_WAIT_S', 60))):
        """Until the expression is true: conditions, never times. Gives up loudly."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.run(script, *arguments)
            if value:
                return value
            time.sleep(0.05)
        raise TimeoutError(f'never true: {script} {arguments}')

    def find(self, selector):
        return self.call('POST', '/element', {'using': 'css selector', 'value': selector})[ELEMENT]

    def on(self, selector, verb, body):
        """What the page replaced in between is looked for again."""
        for _ in range(20):
            try:
                return self.call('POST', f'/element/{self.find(selector)}/{verb}', body)
            except RuntimeError as error:
                if 'stale element' not in str(error):
                    raise
        raise RuntimeError(f'{selector} is replaced again and again')

    def click(self, selector):
        self.on(selector, 'click', {})

    def write(self, selector, text):
        self.on(selector, 'value', {'text': KEYS.get(text, text)})

    def actions(self, kind, steps, **more):
        self.call('POST', '/actions', {'actions': [{'type': kind, 'id': kind, 'actions': steps, **more}]})

    def press(self, *keys):
        """Keys one after another; 'Shift+A' holds shift."""
        steps = []
        for key in keys:
            parts = [KEYS.get(part, part) for part in (key.split('+') if len(key) > 1 else [key])]
            steps += [{'type': 'keyDown', 'value': part} for part in parts] + [{'type': 'keyUp', 'value': part} for part in reversed(parts)]
        self.actions('key', steps)

    def click_at(self, x, y):
        self.drag([(x, y)])

    def drag(self, points):
        at = lambda point: {'type': 'pointerMove', 'duration': 30, 'x': int(point[0]), 'y': int(point[1])}
        self.actions('pointer', [at(points[0]), {'type': 'pointerDown', 'button': 0}] + [at(point) for point in points[1:]] + [{'type': 'pointerUp', 'button': 0}],
                     parameters={'pointerType': 'mouse'})

    def move(self, x, y):
        self.actions('pointer', [{'type': 'pointerMove', 'duration': 0, 'x': int(x), 'y': int(y)}], parameters={'pointerType': 'mouse'})

    def screenshot(self, path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(base64.b64decode(self.call('GET', '/screenshot')))

    def complaints(self):
        """What the browser's console has of errors: broken scripts, breaches of the content security policy."""
        return [entry['message'] for entry in self.call('POST', '/se/log', {'type': 'browser'}) if entry['level'] == 'SEVERE']

    def close(self):
        try:
            self.call('DELETE', '')
        except (OSError, RuntimeError):
            pass
        for process in self.driver, self.browser:
            process.terminate()
            process.wait()
        self.log.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
