"""What can be said of a mail from its bytes: structure, headers, text part, links, images, client
support.

Each check returns its complaints, an empty list where all is well. The limits are facts about mail
clients.
"""

import email
import re
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

GMAIL_CLIPS_AT = 102 * 1024  # bytes of HTML; what comes after is hidden behind a link
LONGEST_LINE = 998  # RFC 5322 2.1.1, without the line end
LONGEST_SUBJECT = 90  # characters; a phone's list shows about a third of it
ENCODED_WORD = 75  # RFC 2047 section 2

# RFC 2047 section 5 forbids encoded words in headers that machines read.
MACHINE_READ = (
    "message-id",
    "references",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "auto-submitted",
    "date",
    "mime-version",
)

# What Gmail, Outlook or Apple Mail ignore, and what would change the meaning of the mail where it
# is ignored
# (caniemail.com, 2026-05). What only decorates (rounded corners, shadows, media queries) may be
# used.
UNSUPPORTED = {
    "flex or grid": r"display\s*:\s*(?:inline-)?(?:flex|grid)",
    "position": r"(?<![\w-])position\s*:\s*(?:absolute|fixed|relative|sticky)",
    "background image": r"background(?:-image)?\s*:[^;\"']*url\(",
    "variables": r"var\(\s*--",
    "calc()": r"(?<![\w-])calc\(",
    "light-dark()": r"light-dark\(",
    "modern colours": r"(?<![\w-])(?:oklch|oklab|lch|lab)\(",
    "nesting": r"\{[^{}]*&[^{}]*\{",
    "svg": r"<svg[\s>]",
    "data image": r"src=[\"']?data:",
    "transform": r"(?<![\w-])transform\s*:",
    "filter": r"(?<![\w-])filter\s*:",
    "object-fit": r"object-fit\s*:",
    "rem": r":\s*[\d.]+rem",
    "gap": r"(?<![\w-])(?:row-|column-)?gap\s*:",
}
ACTIVE = {"script", "form", "iframe", "object", "embed", "video", "audio", "input", "button"}
LEFTOVER = re.compile(
    r"\{\{|\{%|\bNaN\b|\bundefined\b|\bNone\b|\[object Object\]|&(?:nbsp|amp|lt|gt|quot|#\d+);"
)


@dataclass
class Seen(HTMLParser):
    """What the HTML part shows, loads and does."""

    text: list[str] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    hidden: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.images.append(given)
        if tag in {"a", "area"}:
            self.links.append(given.get("href"))
        self.loads += [value for name, value in attrs if name in {"src", "background"} and value]
        self.loads += re.findall(r"url\(\s*['\"]?([^'\")]+)", given.get("style") or "")
        if tag in ACTIVE or (tag == "meta" and "refresh" in str(given.get("http-equiv")).lower()):
            self.active.append(tag)
        self.active += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.hidden += tag in {"style", "script", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"style", "script", "title"}

    def handle_data(self, data: str) -> None:
        if self.hidden <= 0:
            self.text.append(data)


def complaints(raw: bytes) -> list[str]:
    """Return everything that is wrong with a mail, one line each."""
    message = email.message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    leaves = [part for part in message.walk() if not part.is_multipart()]
    bodies = {
        kind: [part for part in leaves if part.get_content_type() == kind]
        for kind in ("text/plain", "text/html")
    }
    found = [*_structure(message, raw, head), *_headers(message, head)]
    if [len(parts) for parts in bodies.values()] != [1, 1]:
        return [*found, "structure: not exactly one text part and one HTML part"]
    text, html = (parts[0].get_content() for parts in bodies.values())
    seen = Seen()
    seen.feed(html)
    images = {
        str(part["Content-ID"]).strip("<> ")
        for part in leaves
        if part.get_content_maintype() == "image"
    }
    found += [*_text(text, seen), *_html(html, seen, images), *_links(seen)]
    shown = [
        text,
        "".join(seen.text),
        str(message["Subject"]),
        *(link or "" for link in seen.links),
    ]
    return found + [f"leftover: {hit}" for part in shown for hit in LEFTOVER.findall(part)]


def _structure(message: EmailMessage, raw: bytes, head: bytes) -> list[str]:
    found = [
        f"structure: {type(defect).__name__}" for part in message.walk() for defect in part.defects
    ]
    if max(len(line) for line in re.split(rb"\r?\n", raw)) > LONGEST_LINE:
        found.append(f"structure: a line is longer than {LONGEST_LINE} bytes")
    if re.search(rb"[^\x00-\x7f]", head):
        found.append("structure: raw 8-bit bytes in the headers")
    alternatives = [
        part for part in message.walk() if part.get_content_type() == "multipart/alternative"
    ]
    order = [part.get_content_type() for one in alternatives for part in one.iter_parts()]
    if len(alternatives) != 1 or order[:1] != ["text/plain"]:
        found.append(f"structure: alternatives {order}")
    charsets = {
        part.get_content_charset()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    }
    return found + [f"structure: charset {name}" for name in charsets - {"utf-8"}]


def _headers(message: EmailMessage, head: bytes) -> list[str]:
    found = [
        f"header: {name} stands {len(message.get_all(name, []))} times"
        for name in ("Date", "Message-ID", "From", "To", "Subject", "Auto-Submitted")
        if len(message.get_all(name, [])) != 1
    ]
    if found:
        return found
    if parsedate_to_datetime(str(message["Date"])).tzinfo is None:
        found.append("header: the date has no zone")
    if not re.fullmatch(r"<[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>", str(message["Message-ID"]).strip()):
        found.append(f"header: Message-ID {message['Message-ID']}")
    if str(message["Auto-Submitted"]) != "auto-generated":
        found.append("header: not marked as auto-generated")
    if len(str(message["Subject"])) > LONGEST_SUBJECT:
        found.append("header: the subject is too long")
    unfolded = re.sub(rb"\r?\n[ \t]", b" ", head)
    for line in unfolded.splitlines():
        name, _, value = line.partition(b":")
        if name.decode().lower() in MACHINE_READ and b"=?" in value:
            found.append(f"header: encoded word in {name.decode()}")
    words = re.findall(rb"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=", head)
    return found + ["header: encoded word too long" for word in words if len(word) > ENCODED_WORD]


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))


def _text(text: str, seen: Seen) -> list[str]:
    shown = " ".join(seen.text)
    bare = re.sub(r"https?://\S+|mailto:\S+", "", text)
    size, whole = (len(re.sub(r"[\s\u034f\u200b-\u200f\ufeff]+", "", one)) for one in (bare, shown))
    lost = _numbers(shown) - _numbers(text)
    found = []
    if size < whole / 2:
        found.append(f"text: {size} characters for {whole} in the HTML")
    if len(lost) > len(_numbers(shown)) / 10:
        found.append(f"text: numbers only in the HTML: {sorted(lost)[:5]}")
    if re.search(r"</?(?:p|td|div|br|table|span)\b", text):
        found.append("text: holds HTML tags")
    if "http" not in text and any((link or "").startswith("http") for link in seen.links):
        found.append("text: has no link")
    return found


def _html(html: str, seen: Seen, images: set[str]) -> list[str]:
    found = [f"active: {what}" for what in seen.active]
    if len(html.encode()) >= GMAIL_CLIPS_AT:
        found.append("html: Gmail would clip it")
    found += [f"loads: {what}" for what in seen.loads if not what.startswith("cid:")]
    used = {what[4:] for what in seen.loads if what.startswith("cid:")}
    found += [f"image: {name} is missing or unused" for name in used ^ images]
    found += [
        "image: no alt or no width"
        for one in seen.images
        if not one.get("alt") or not one.get("width")
    ]
    outlook = "".join(re.findall(r"<!--\[if [^\]]*\]>(.*?)<!\[endif\]-->", html, re.DOTALL))
    for tag in ("table", "tr", "td", "div"):
        if len(re.findall(rf"<{tag}[\s>]", outlook)) != outlook.count(f"</{tag}>"):
            found.append(f"outlook: <{tag}> is not closed in the conditional comments")
    plain = re.sub(r"<!--\[if.*?<!\[endif\]-->", "", html, flags=re.DOTALL)
    return found + [
        f"unsupported: {name}" for name, pattern in UNSUPPORTED.items() if re.search(pattern, plain)
    ]


def _links(seen: Seen) -> list[str]:
    return [f"link: {link!r}" for link in seen.links if not _opens(link or "")]


def _opens(link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme == "mailto":
        return "@" in parts.path
    host = parts.hostname or ""
    return (
        parts.scheme in {"http", "https"} and host not in {"", "localhost"} and host[:4] != "127."
    )
