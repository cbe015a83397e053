"""Escapes texts that a spreadsheet program would run as a formula, and undoes it.

An apostrophe goes before the sign that would start a formula; taking it away again gives the very
same text. What counts as such a start: = + - @, their full-width and small forms and the
mathematical minus, also after blanks, invisible letters and quotation marks, at the beginning of a
cell or after a semicolon or tab (where some countries' programs part cells); and a tab or line
break at the beginning. A plain number such as -3.5 stays a number.
"""

import re

_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫−"
_INVISIBLE = r"\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_BLANKS = r" \n\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_QUOTES = "'\"`´‘’‚‛“”„‟«»‹›＇＂"
_PASSED = _INVISIBLE + _BLANKS + _QUOTES
_START = rf"(\A[\t{_PASSED}]*|[;\t][{_PASSED}]*)"
_NUMBER = re.compile(r"'*[+-]?[0-9]+([.,][0-9]+)*( ?%)?")
_BREAK = re.compile(r"'*[\t\r\n]")
_STARTS = re.compile(rf"{_START}([{_SIGNS}])")
_GUARDED = re.compile(rf"{_START}'([{_SIGNS}])")
"""Spreadsheet programs run a cell that begins with =, +, - or @, also in full width, also
behind invisible signs, blanks or quotes, and after a separator (OWASP, "CSV Injection").
Numbers are left alone."""


def guard_formula(text: str) -> str:
    """Return the text so that no spreadsheet program runs it.

    >>> [guard_formula(text) for text in ("=1+1", "- 쿠폰", "-3.5", "a;@b")]
    ["'=1+1", "'- 쿠폰", '-3.5', "a;'@b"]
    """
    if _is_plain(text) or _NUMBER.fullmatch(text):
        return text
    safe = _STARTS.sub(r"\1'\2", text)
    return f"'{safe}" if _BREAK.match(safe) else safe


def _is_plain(text: str) -> bool:
    """Return whether nothing in the text can start a formula; a fast check, True for most texts."""
    return not text or (text[0].isalnum() and ";" not in text and "\t" not in text)


def unguard_formula(cell: str) -> str:
    """Return the text that was guarded.

    >>> [unguard_formula(text) for text in ("'=1+1", "'tis", "a;'@b")]
    ['=1+1', "'tis", 'a;@b']
    """
    if _is_plain(cell) or _NUMBER.fullmatch(cell):
        return cell
    text = cell[1:] if _BREAK.match(cell) else cell
    return _GUARDED.sub(r"\1\2", text)
