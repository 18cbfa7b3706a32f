"""Why a text looks like a secret. Only the reason ever leaves this process.

What is asked for is text that a person would not have written: a private key, a token in the shape
that its issuer gives it, or letters and digits in no order. Words, paths, hashes, types, patterns,
sequences and placeholders are none.
"""

from __future__ import annotations

import re
from math import log2

PRIVATE_KEY = "private key"
TOKEN = "token"  # noqa: S105 - the name of a reason
PASSWORD_IN_URL = "password in a URL"  # noqa: S105 - the name of a reason
RANDOM = "random text"
WORDS = "words and digits"
STRONG = frozenset({PRIVATE_KEY, TOKEN, PASSWORD_IN_URL})

SHORTEST = 12
LONGEST = 4_096
_LEAST_ENTROPY = 3.0
_WORD_LENGTH = 4.0
_DIGITS_OF_WORDS = 4
_FEWEST_DIGITS = 1
_FEWEST_DIGITS_OF_WORDS = 2

PEM_MARK = "PRIVATE KEY-----"
_PEM = re.compile(r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?:\s|\\[nr])*[A-Za-z0-9+/=]{40}")
_ISSUED = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"A(?:KIA|SIA)[A-Z0-9]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}"
    r"|glpat-[A-Za-z0-9_-]{20}"
    r"|xox[abprs]-[A-Za-z0-9-]{20,}"
    r"|[sr]k_live_[A-Za-z0-9]{16,}"
    r"|SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"
    r"|(?:npm|dop_v1)_[A-Za-z0-9]{36,}"
    r"|pypi-AgE[A-Za-z0-9_-]{50,}"
    r")(?![A-Za-z0-9])"
)
STRONG_SIGNS = (
    *("://", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"),
    *("xox", "k_live_", "SG.", "npm_", "dop_v1_", "pypi-"),
)
"""One of these is in whatever is reported without a look at its name."""

_CREDENTIALS = re.compile(r"[a-z][a-z0-9+.-]{1,30}://[^\s/@:]{0,200}:([^\s/]{1,500})@")
_RANDOM_CHARACTERS = re.compile(r"[A-Za-z0-9+/=_.~!@#$%^&*():;,?-]+")
_PLACEHOLDER = re.compile(
    r"x{3}|\*{3}|\.{3}|change|example|your|placeholder|dummy|fake|mock|sample|insert|replace"
    r"|redacted|test|lorem|foobar|%[sdr(]",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"01234|12345678|98765|abcdef|bcdefg|qwert|asdfg|aaaa|0000|(.{3,})\1\1", re.IGNORECASE
)
_OTHER = re.compile(
    r"\$?(?:2[abxy]|argon2\w*|pbkdf2\w*|bcrypt\w*|scrypt|sha\d+|md5|crypt)[$:=-]"  # a hash
    r"|pk_|phc_|urn:|arn:|data:|[./~]|v?\d+\.\d+"  # published, a name, a path, a version
    r"|\d{4}-\d{2}-\d{2}"  # a date
    r"|.{0,40}BgkqhkiG9w0BAQEFAAOC",  # a public key
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z]{1,20}\d{0,2}(?:[-_./:][A-Za-z]{1,20}\d{0,2}){2,}")
_RUN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_UNSPOKEN = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]")


def suspicion(value: str) -> str:
    """The reason, or nothing."""
    if len(value) < SHORTEST:
        return ""
    if PEM_MARK in value:
        return PRIVATE_KEY if _PEM.search(value) else ""
    if "://" in value:
        found = _CREDENTIALS.match(value[:LONGEST])
        return PASSWORD_IN_URL if found and is_random(found[1]) else ""
    return _kind(value) if _is_chosen(value) else ""


def _kind(value: str) -> str:
    """Which kind of chosen text it is."""
    if not _is_worded(value):
        return TOKEN if _ISSUED.search(value) else RANDOM
    return WORDS if len(_DIGITS.findall(value)) >= _FEWEST_DIGITS_OF_WORDS else ""


def is_random(value: str) -> bool:
    """Whether letters and digits stand in no order that a person would write."""
    return _is_chosen(value) and not _is_worded(value)


def _is_chosen(value: str) -> bool:
    """Whether letters and digits stand together in what is no text of a known kind."""
    if not SHORTEST <= len(value) <= LONGEST or len(_DIGITS.findall(value)) < _FEWEST_DIGITS:
        return False
    if not _RANDOM_CHARACTERS.fullmatch(value) or _OTHER.match(value):
        return False
    if not _RUN.search(value) or _entropy(value) <= _LEAST_ENTROPY:
        return False
    return not _PLACEHOLDER.search(value) and not _SEQUENCE.search(value)


def _is_worded(value: str) -> bool:
    """Whether it is made of words, with a few digits at most."""
    if len(_DIGITS.findall(value)) > _DIGITS_OF_WORDS or _UNSPOKEN.search(value):
        return False
    if _NAME.fullmatch(value):
        return True
    runs = _RUN.findall(value)
    return sum(map(len, runs)) >= _WORD_LENGTH * len(runs)


def _entropy(value: str) -> float:
    """Bits a character, by how often each one stands in the text."""
    shares = [value.count(sign) / len(value) for sign in set(value)]
    return -sum(share * log2(share) for share in shares)
