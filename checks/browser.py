"""What the checks share: Debian's Chromium, driven over WebDriver with nothing but the standard library, and the binary."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
LUOSHI = pathlib.Path(os.environ.get("LUOSHI") or ROOT / "target/release/luoshi")
PASSWORD = "qinghe-demo-2026"


def driver():
    """A driver and its port. The port it draws may be free for one version of IP only: then it ends, and another is tried."""
    for _ in range(5):
        process = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        for line in process.stdout:
            if "started successfully on port" in line:
                return process, line.strip().rstrip(".").split()[-1]
        process.wait()
    sys.exit("chromedriver does not start")


class Browser:
    """A browser of its own, with a clean profile."""

    def __init__(self, language, pictures, width=1280, height=900):
        self.pictures = pictures
        self.profile = tempfile.mkdtemp()
        self.driver, port = driver()
        self.base = f"http://127.0.0.1:{port}"
        options = {
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--lang={language}", f"--window-size={width},{height}", f"--user-data-dir={self.profile}",
            ],
            "prefs": {"intl.accept_languages": language},
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode()[:600]}") from None

    def cdp(self, command, **parameters):
        """Asks the browser itself, past the page."""
        return self.call("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def go(self, url):
        self.call("POST", self.session + "/url", {"url": url})

    def url(self):
        return self.call("GET", self.session + "/url")

    def run(self, script, *arguments):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, selector):
        found = self.call("POST", self.session + "/element", {"using": "css selector", "value": selector})
        return self.session + "/element/" + next(iter(found.values()))

    def click(self, selector):
        self.call("POST", self.find(selector) + "/click", {})

    def submit(self, selector):
        """Clicks, and waits for the page that follows."""
        self.run("window.isOld = true")
        self.click(selector)
        self.until("return !window.isOld && document.readyState === 'complete'")

    def until(self, script, *arguments):
        deadline = time.time() + 15
        while time.time() < deadline:
            try:
                if self.run(script, *arguments):
                    return
            except AssertionError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"never true: {script}: {self.text()}")

    def write(self, selector, text):
        element = self.find(selector)
        if self.run("return document.querySelector(arguments[0]).type", selector) == "date":
            # A date field takes keys in the order of the browser's language; its value is the same in all.
            self.run("document.querySelector(arguments[0]).value = arguments[1]", selector, text)
            return
        self.call("POST", element + "/value", {"text": text})

    def choose(self, selector, label):
        chosen = self.run(
            "const s = document.querySelector(arguments[0]);"
            # A choice begins with a capital, also where its word stands in a sentence without one.
            "const said = arguments[1].toLowerCase();"
            "const o = [...s.options].find(o => o.text.toLowerCase().includes(said)); if (o) s.value = o.value; return !!o",
            selector, label)
        assert chosen, f"{label} is not offered in {selector}"

    def press(self, key):
        keys = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})

    def text(self):
        return self.run("return document.body.innerText")

    def picture(self, name):
        if not self.pictures:
            return
        clip = self.run("return {x: 0, y: 0, width: innerWidth, height: document.documentElement.scrollHeight, scale: 1}")
        shot = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        (self.pictures / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))

    def sign_in(self, server, login):
        self.go(server + "/sign-in")
        self.write("#login", login)
        self.write("#password", PASSWORD)
        self.submit("main form button")
        assert "/sign-in" not in self.url(), f"{login} could not sign in: {self.text()}"

    def complaints(self):
        """What the browser complained of: scripts, styles or requests that the policy forbids, pages that failed."""
        log = self.call("POST", self.session + "/se/log", {"type": "browser"})
        return [line["message"] for line in log if line["level"] == "SEVERE"]

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.driver.kill()
            self.driver.wait()
            shutil.rmtree(self.profile, ignore_errors=True)


def luoshi(*arguments, fails=False):
    done = subprocess.run([LUOSHI, *map(str, arguments)], capture_output=True, text=True, timeout=120)
    said = done.stdout + done.stderr
    assert (done.returncode != 0) == fails, f"luoshi {arguments}: {said}"
    return said


class Server:
    """The demonstration city, served on an address of its own."""

    def __init__(self, work):
        self.folder = work / "city"
        luoshi("demo", "--data", self.folder, "--prepare-only")
        self.process = subprocess.Popen(
            [LUOSHI, "serve", "--data", self.folder, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[-1]

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def tell(line):
    print(f"   {line}", flush=True)
