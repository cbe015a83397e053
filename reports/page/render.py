"""Renders a finished view as page, text and mail.

The only door to css-inline and, with `own_templates`, to Jinja.

Templates are found by name, first in the team's own folder, then among the shipped ones. Missing
values are errors, every text is escaped, and nothing a cell holds can become markup, a link or a
wide table (ADR 0703).
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from notes.model.errors import LoopnoteError, RenderError

from .charts import column_percent, drawing, pixels
from .safe import columns, inert, safe_url, soft_breaks
from .template_folder import shipped_template_folder
from .view import PageView, PlaceLink, places_of

_BRACES = re.compile(r"<style.*?</style>|<!--.*?-->|[{}]", re.DOTALL)
"""Braces outside of styles are the team's text; as character references no program takes them for
CSS or a template.
"""

_FIGURE = re.compile(r"[\d.,−▲▼]{1,10}%p?[가-힣]{1,4}[.,]?")

_INSIDE = re.compile(r"[\w./%#~-]+", re.ASCII)

MAIL_LIMIT = 90 * 1024
"""Bytes of HTML at most: Gmail cuts a mail at 102 KB; the rest is room for encoding."""


def render_page(view: PageView, *, folder: Path | None = None) -> str:
    """Return the page for the browser: one self-contained HTML file.

    Raises:
        RenderError: a template of the team's own folder cannot be rendered.
    """
    return _rendered("page.html.j2", view, folder)


def render_text(view: PageView, *, folder: Path | None = None, whole: bool = False) -> str:
    """Return the mail (`whole`: the page) as plain text, links beside what they show.

    Raises:
        RenderError: as `render_page`.
    """
    return _rendered("weekly.txt.j2", view, folder, whole=whole)


def render_subject(view: PageView, *, folder: Path | None = None) -> str:
    """Return the subject: one line of at most 90 characters.

    Raises:
        RenderError: as `render_page`.
    """
    subject = " ".join(_rendered("weekly.subject.j2", view, folder).split())
    return subject if len(subject) <= 90 else subject[:89].rstrip() + "…"


def render_mail_html(view: PageView, *, folder: Path | None = None) -> str:
    """Return the mail's HTML with its styles inlined.

    Raises:
        RenderError: as `render_page`, or the mail is larger than mail clients show.
    """
    html = inline_styles(_rendered("weekly.html.j2", view, folder))
    size = len(html.encode())
    if size > MAIL_LIMIT:
        raise RenderError(
            f"the mail {view.id} has {size // 1024} KB of HTML, more than {MAIL_LIMIT // 1024}",
            hint="lower rules.list_size, or shorten your own templates",
        )
    return html


def render_operator(
    title: str,
    lines: tuple[str, ...],
    *,
    contact: PlaceLink,
    language: str,
    folder: Path | None = None,
) -> tuple[str, str]:
    """Return a plain message for the operator as (text, HTML).

    Raises:
        RenderError: as `render_page`.
    """
    facts = {"title": title, "lines": lines, "contact": contact, "language": language}
    return _filled("operator.txt.j2", facts, folder), inline_styles(
        _filled("operator.html.j2", facts, folder)
    )


def render_archive(name: str, facts: dict[str, Any], *, folder: Path | None = None) -> str:
    """Return a page of the archive by the name of its template.

    Raises:
        RenderError: as `render_page`.
    """
    return _filled(name, facts, folder)


def render_document(name: str, facts: dict[str, Any]) -> str:
    """Return a page that belongs to no report, by the name of its template.

    Raises:
        RenderError: as `render_page`.
    """
    return _filled(name, facts, None)


def archive_file(name: str, *, folder: Path | None = None) -> str:
    """Return an archive file that is not a template (style, script), a team's own one first."""
    places = [*([folder] if folder else []), shipped_template_folder()]
    found = next(
        place / "archive" / name for place in places if (place / "archive" / name).is_file()
    )
    return found.read_text(encoding="utf-8")


def archive_sources(folder: Path | None, words: Path | None) -> str:
    """Return a fingerprint of the code, templates and messages of the archive's pages.

    It includes a team's own.
    """
    digest = hashlib.blake2b(digest_size=12)
    code = Path(__file__).parents[1]
    places = [(code, "**/*.py"), (code, "**/*.toml"), (shipped_template_folder(), "**/*")]
    places += [(own, "**/*") for own in (folder, words) if own and own.is_dir()]
    files = [
        path for place, pattern in places for path in sorted(place.glob(pattern)) if path.is_file()
    ]
    for path in (*files, *([words] if words and words.is_file() else [])):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def inline_styles(html: str) -> str:
    """Return the HTML with its base styles inlined; `data-css-inline="keep"` blocks stay."""
    from css_inline import CSSInliner, InlineError

    inliner = CSSInliner(keep_style_tags=False, load_remote_stylesheets=False, minify_css=True)
    try:
        return _BRACES.sub(_braces_as_references, inliner.inline(html))
    except InlineError as error:
        raise RenderError(
            f"the mail's styles cannot be inlined: {error}", hint="look at weekly.html.j2"
        ) from error


def _braces_as_references(match: re.Match[str]) -> str:
    return {"{": "&#123;", "}": "&#125;"}.get(match[0], match[0])


def _rendered(name: str, view: PageView, folder: Path | None, *, whole: bool = False) -> str:
    facts = {
        "view": view,
        "label": dict(view.labels),
        "places": places_of(view, whole=whole),
        "whole": whole,
    }
    return _filled(name, facts, folder)


def _filled(name: str, facts: dict[str, Any], folder: Path | None) -> str:
    from jinja2 import TemplateError

    try:
        return _within_limits(name, facts, folder) if folder else _jinja(name, facts, None)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{getattr(error, 'name', None) or name}{f':{line}' if line else ''}"
        raise RenderError(
            f"template {place}: {error.message or type(error).__name__}", hint=_SEE
        ) from error


_SEE = "the view model is described in docs/how-to/templates.md"
"""The next step for a template that asks for what is not there."""


def _jinja(name: str, facts: dict[str, Any], folder: Path | None) -> str:
    environment = _environment(folder, html=name.endswith(".html.j2"))
    return str(environment.get_template(name).render(facts))


def _within_limits(name: str, facts: dict[str, Any], folder: Path) -> str:
    """Return what a team's own template gives, within its limits.

    Raises:
        TemplateError, LoopnoteError: as they are.
        RenderError: any other error, such as `1 / 0`, an import without end, or a limit.
    """
    from jinja2 import TemplateError

    from .own_templates import within_limits

    try:
        with within_limits():
            return _jinja(name, facts, folder)
    except (TemplateError, LoopnoteError):
        raise
    except Exception as error:  # a program of somebody else's: any
        said = " ".join(str(error).split())[:200]
        what = ": ".join(filter(None, (type(error).__name__, said)))
        raise RenderError(f"template {name}: {what}", hint=_SEE) from error


@lru_cache(maxsize=8)
def _environment(folder: Path | None, *, html: bool) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from .own_templates import OwnTemplates

    # A team's own template may have come with a mail: it sees the view, and not Python behind it.
    kind = OwnTemplates if folder else Environment
    places = [*([folder] if folder else []), shipped_template_folder()]
    environment = kind(
        loader=FileSystemLoader(places),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=not folder,  # what is computed while compiling may swallow the end of its time
        finalize=_html_text if html else _plain_text,
    )
    environment.filters.update(
        href=_href, inside=_inside, px=pixels, address=_address, whole=_whole, padded=_padded
    )
    environment.globals.update(drawing=drawing, column_percent=column_percent)
    return environment


def _html_text(value: Any) -> Any:
    """Return a text with breaks in long words and anything like markup disarmed; `Markup` as is."""
    return _broken(value) if type(value) is str else value


@lru_cache(maxsize=4096)
def _broken(text: str) -> str:
    return inert(soft_breaks(text))


def _plain_text(value: Any) -> Any:
    """Return a text with anything like markup disarmed; links stay whole."""
    return inert(value) if type(value) is str else value


def _address(url: str) -> str:
    """Return a link as a person reads it: the bare address of a mailto, else unchanged."""
    return unquote(urlsplit(url).path) if url.startswith("mailto:") else url


def _padded(label: str, labels: Sequence[str]) -> str:
    """Return the label padded with spaces to the width of the longest one."""
    return label + " " * (max(map(columns, labels)) - columns(label))


def _whole(text: str) -> Any:
    """Return the text with figures and their endings kept on one line.

    Otherwise Korean text would break as 56.2% | 입니다.
    """
    from markupsafe import Markup, escape

    words = [str(escape(_html_text(word))) for word in text.split(" ")]
    kept = (
        f'<span style="white-space:nowrap">{word}</span>' if _FIGURE.fullmatch(word) else word
        for word in words
    )
    return Markup(" ".join(kept))  # noqa: S704  every word is escaped above


def _href(url: str) -> Any:
    """Return a link for an attribute.

    A view never holds an unsafe one, so an unsafe one is an error of a template.
    """
    from markupsafe import Markup, escape

    if safe_url(url) != url or not url:
        raise RenderError(
            f"{url!r} is not a link that may be opened",
            hint="views make links with reports.page.safe.safe_url",
        )
    return Markup(escape(url))  # noqa: S704  escaped in this very line


@lru_cache(maxsize=4096)
def _inside(way: str) -> Any:
    """Return a link within the archive for an attribute; it is encoded already."""
    from markupsafe import Markup, escape

    if not _INSIDE.fullmatch(way):
        raise RenderError(
            f"{way!r} is not a link within the archive",
            hint="views make them with reports.archive.addresses.href",
        )
    return Markup(escape(way))  # noqa: S704  escaped in this very line
