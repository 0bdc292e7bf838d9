"""Where the stories play: the demonstration city on a server of its own, and one seat at a browser for whoever comes."""

import base64
import datetime
import pathlib
import re
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import browser
from browser import ROOT, Server, luoshi

LANGUAGES = ("en", "zh-Hans")
ENTER, TAB, SPACE = "\ue007", "\ue004", " "
# The office's own day: the city lies eight hours east.
TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()


def day(after):
    """The day so many days from today, as a form takes it."""
    return (TODAY + datetime.timedelta(days=after)).isoformat()


def words():
    """Every message of the site, by language and id, as it stands in its file."""
    said = {}
    for lang in LANGUAGES:
        said[lang] = {}
        for file in sorted((ROOT / "crates/web/texts" / lang).glob("*.ftl")):
            for match in re.finditer(r"^([a-z][\w-]*) = ?(.*(?:\n[ \t]+.*)*)", file.read_text(encoding="utf-8"), re.M):
                said[lang][match[1]] = match[2].strip()
    return said


def names():
    """Units by key, and officers by sign-in name, as the demonstration calls them in both languages."""
    source = (ROOT / "crates/luoshi/src/demo/city.rs").read_text(encoding="utf-8")
    units = re.findall(r'unit\(\s*"(\w+)",\s*"\w*",\s*Function::\w+,\s*\("([^"]+)", "([^"]+)"\)', source)
    officers = re.findall(r'officer\(\s*"(\w+)",.*?\),\s*\("([^"]+)", "([^"]+)"\)\s*\)', source)
    return [{key: {"zh-Hans": zh, "en": en} for key, zh, en in found} for found in (units, officers)]


WORDS = words()
UNITS, OFFICERS = names()


class Seat(browser.Browser):
    """A browser that many people sit down at, one after the other, each speaking the other language than the last."""

    def __init__(self, server, pictures, scripts):
        super().__init__("en", pictures)
        self.server, self.scripts = server, scripts
        self.jar = {}
        # Whoever comes first speaks English where scripts run, and Chinese where they do not.
        self.turn = 0 if scripts else 1
        self.lang = LANGUAGES[self.turn]
        self.story = ""
        self.is_phone = False
        if not scripts:
            self.cdp("Emulation.setScriptExecutionDisabled", value=True)

    def begin(self, story):
        """A story begins with the line up, no other medium than the screen, and the site before it."""
        self.story = story
        self.cdp("Network.enable")
        self.cdp("Network.emulateNetworkConditions", offline=False, latency=0, downloadThroughput=-1, uploadThroughput=-1)
        self.cdp("Emulation.setEmulatedMedia", media="", features=[])
        self.screen(phone=False)
        self.go("/")

    def sit(self, login=None, phone=False):
        """Somebody sits down, signed in by the form the first time; nobody is a visitor with a clean browser."""
        self.call("DELETE", self.session + "/cookie")
        self.lang = LANGUAGES[self.turn % 2]
        self.turn += 1
        self.screen(phone)
        self.cookie({"name": "luoshi-language", "value": self.lang})
        if login in self.jar:
            for cookie in self.jar[login]:
                self.cookie(cookie)
            self.go("/")
        elif login:
            self.sign_in("", login)
            self.keep(login)
        else:
            self.go("/")

    def keep(self, login):
        """Remembers the session, for the next time."""
        cookies = self.call("GET", self.session + "/cookie")
        self.jar[login] = [{"name": c["name"], "value": c["value"]} for c in cookies if not c["name"].startswith("luoshi-")]

    def cookie(self, cookie):
        self.call("POST", self.session + "/cookie", {"cookie": cookie})

    def screen(self, phone):
        self.is_phone = phone
        size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
        self.cdp("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=phone, **size)

    def go(self, address):
        super().go(address if ":" in address else self.server + address)
        self.fits()

    def fits(self):
        """On a phone, nothing stands beside the screen."""
        over = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth") if self.is_phone else 0
        assert over <= 1, f"{self.path()} runs {over} px over a phone's screen"

    def path(self):
        return self.url().removeprefix(self.server).partition("#")[0]

    def picture(self, name):
        super().picture(f"{self.story}-{name}-{self.lang}{'-phone' if self.is_phone else ''}{'' if self.scripts else '-no-scripts'}")

    def word(self, message):
        """A message without anything to fill in, in the language of whoever sits here."""
        said = WORDS[self.lang][message]
        assert "{" not in said, f"{message} has something to fill in"
        return said

    def name(self, unit):
        return UNITS[unit][self.lang]

    def name_of_officer(self, login):
        return OFFICERS[login][self.lang]

    def sees(self, *shown):
        """Fails unless all of this stands on the page."""
        text = self.text()
        for words in shown:
            assert words in text, f"“{words}” is not on {self.path()}:\n{self.main()}"

    def does_not_see(self, *hidden):
        text = self.text()
        for words in hidden:
            assert words not in text, f"“{words}” is on {self.path()}:\n{self.main()}"

    def reads(self, *messages):
        """Fails unless these messages stand on the page, whatever is filled in."""
        text = self.text()
        for message in messages:
            pattern = r"[\s\S]+?".join(re.escape(part) for part in re.split(r"\{[^{}]*\}", WORDS[self.lang][message]))
            assert re.search(pattern, text, re.I), f"{message} ({pattern}) is not on {self.path()}:\n{self.main()}"

    def is_refused(self, message):
        """Fails unless the page refuses in these words and says what to do next."""
        self.reads(message, f"{message}-next")

    def main(self):
        """What the page says, without its head: for complaints."""
        return "\n".join(line for line in "".join(self.all("main")).splitlines() if line.strip())[:1500]

    def all(self, selector):
        """The text of everything that the selector finds."""
        return self.run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())", selector)

    def open_folds(self, selector):
        """Opens what hides the element, as a person would."""
        while self.run("""
                const e = document.querySelector(arguments[0]);
                const fold = e && e.parentElement.closest('details:not([open])');
                if (!fold) return false;
                document.querySelectorAll('[data-fold]').forEach(f => f.removeAttribute('data-fold'));
                fold.querySelector('summary').setAttribute('data-fold', '');
                return true""", selector):
            self.click("[data-fold]")

    def follow(self, selector):
        """Clicks a link or a button, opening what hides it, and waits for the page that follows."""
        assert self.run("return !!document.querySelector(arguments[0])", selector), f"no {selector} on {self.path()}:\n{self.main()}"
        self.open_folds(selector)
        self.submit(selector)
        self.fits()

    def press_on(self, label):
        """The link or button with these words in the page's main part."""
        found = self.run("""
            document.querySelectorAll('[data-pressed]').forEach(e => e.removeAttribute('data-pressed'));
            const said = e => { const c = e.cloneNode(true); c.querySelectorAll('.unseen').forEach(u => u.remove()); return c.textContent.trim(); };
            const e = [...document.querySelectorAll('main a, main button')].find(e => said(e) === arguments[0]);
            if (e) e.setAttribute('data-pressed', '');
            return !!e""", label)
        assert found, f"nothing to press says “{label}” on {self.path()}:\n{self.main()}"
        self.follow("[data-pressed]")

    def fill(self, where="main", **typed):
        """Fills in fields by their names, within the form that `where` finds."""
        for name, value in typed.items():
            field = f'{where} [name="{name}"]'
            kind = self.run("const e = document.querySelector(arguments[0]); return e && (e.type || e.tagName)", field)
            assert kind, f"no field {name} on {self.path()}:\n{self.main()}"
            self.open_folds(field)
            if kind in ("radio", "checkbox"):
                for one in [value] if isinstance(value, str) else value:
                    box = f'{where} [name="{name}"][value="{one}"]'
                    self.open_folds(box)
                    if not self.run("return document.querySelector(arguments[0]).checked", box):
                        self.click(box)
            elif kind == "select-one":
                self.choose(field, value)
            else:
                if kind not in ("file", "date"):
                    self.call("POST", self.find(field) + "/clear", {})
                self.write(field, str(value))

    def send(self, selector="main form .actions button"):
        self.follow(selector)

    def act(self, number, noun, refused=None, **typed):
        """An act on a matter, found on its page; back on the page afterwards, or refused in these words."""
        page = f"/matters/{number}"
        if self.path() != page:
            self.go(page)
        button = f'main form[action="{page}/{noun}"] button'
        if self.run("return !!document.querySelector(arguments[0])", button) and not typed:
            self.follow(button)
        else:
            self.follow(f'main a[href^="{page}/{noun}"]')
            self.fill(**typed)
            self.send()
        if refused:
            return self.is_refused(refused)
        assert self.path() == page, f"{noun} on {number} ended at {self.path()}:\n{self.main()}"

    def may_not(self, number, noun):
        """Fails if the matter's page offers the act; then tries its address all the same."""
        page = f"/matters/{number}"
        self.go(page)
        offered = self.run("return !!document.querySelector(arguments[0])", f'main a[href^="{page}/{noun}"], main form[action="{page}/{noun}"]')
        assert not offered, f"{noun} is offered on {number}:\n{self.main()}"
        self.go(f"{page}/{noun}")

    def opened(self, directive):
        """A matter opened by whoever sits here, without a document."""
        self.go("/matters")
        self.follow('main a[href="/matters/new"]')
        self.fill(directive=directive)
        self.send()
        if self.path() == "/matters/new":
            # What may be the same thing is shown once before anything is opened.
            self.sees(self.word("new-all-the-same"))
            self.send()
        number = self.path().removeprefix("/matters/")
        assert re.fullmatch(r"\d{4}-\d+", number), self.text()
        return number

    def assigned(self, directive, lead="water", due=30):
        """A matter opened and assigned to a unit by whoever sits here."""
        number = self.opened(directive)
        self.act(number, "assignment", lead=self.name(lead), supervising=self.name("supervision"),
                 criterion="现场抽查三处，均与报告一致。", due=day(due))
        return number

    def done(self, directive, work, lead="water", until="cleared"):
        """A matter brought as far as `under_way`, `reported`, `verified` or `cleared`, by those whose work it is."""
        self.sit("clerk")
        number = self.assigned(directive, lead)
        self.sit(lead)
        self.act(number, "receipt")
        if until == "under_way":
            return number
        self.sit(f"{lead}2")
        paper = work / "记录.txt"
        paper.write_text("三处均已完成。\n", encoding="utf-8")
        self.act(number, "evidence", file=paper, kind="document")
        self.act(number, "report-draft", outcome="done", report="三处均已完成，记录附后。")
        self.sit(lead)
        self.act(number, "report-signature")
        if until == "reported":
            return number
        self.sit("clerk")
        self.act(number, "verification", method="site_visit", finding="抽查三处，均与报告一致。")
        if until == "verified":
            return number
        self.sit("head")
        self.act(number, "clearance")
        return number

    def prints(self, name):
        """Prints the page: how many sheets, and how large one is in points."""
        data = base64.b64decode(self.cdp("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)["data"])
        if self.pictures:
            (self.pictures / f"{self.story}-{name}-{self.lang}.pdf").write_bytes(data)
        boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
        return len(boxes), tuple(float(side) for side in boxes[0])

    def on_paper(self, script, *arguments):
        """What a script finds while the page is laid out for print."""
        self.cdp("Emulation.setEmulatedMedia", media="print")
        try:
            return self.run(script, *arguments)
        finally:
            self.cdp("Emulation.setEmulatedMedia", media="")

    def link_to(self, beginning):
        """Where the first link to a file goes that begins so."""
        found = self.run("return [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href'))"
                         ".find(href => href.startsWith(arguments[0]) && /\\.(csv|xlsx|tar)/.test(href))", beginning)
        assert found, f"no file {beginning} on {self.path()}:\n{self.main()}"
        return found

    def fetch(self, path):
        """The bytes behind a link, as this browser would save them."""
        cookies = "; ".join(f"{c['name']}={c['value']}" for c in self.call("GET", self.session + "/cookie"))
        with urllib.request.urlopen(urllib.request.Request(self.server + path, headers={"Cookie": cookies}), timeout=30) as answer:
            return answer.read()
