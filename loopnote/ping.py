"""The ping URL: a watcher outside hears of every run, and notices when there is none."""

from typing import Literal


def ping(url: str, *, ok: bool, timeout_s: float = 10.0) -> Literal["ok", "failed"]:
    """Call the URL, with `/fail` at its end where the run was not ok; never raises, never waits long.

    Source: the convention of healthchecks.io and its kin (https://healthchecks.io/docs/signaling_failures/).
    """
    import httpx

    address = url if ok else f"{url.rstrip('/')}/fail"
    try:
        answer = httpx.get(address, timeout=timeout_s, follow_redirects=True)
    except (httpx.HTTPError, httpx.InvalidURL):
        return "failed"
    return "ok" if answer.is_success else "failed"
