"""Why git failed: a fixed set of causes, each with a sentence and a next step.

What git and the host say is never shown: it may hold secrets, paths of this machine and hostile
text. A scrubbed piece of it goes into the detail, for operators.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from scanner.domain.errors import UserError
from scanner.git.command import Outcome
from scanner.git.text import is_hidden

DETAIL_LENGTH: Final = 600


@dataclass(frozen=True, slots=True)
class Cause:
    """One way to fail."""

    code: str
    message: str
    next_step: str

    @property
    def error_code(self) -> str:
        """The code of its errors."""
        return f"git.{self.code}"

    def error(self, detail: str = "") -> UserError:
        """The error that tells it."""
        return UserError(self.error_code, self.message, self.next_step, detail)


NOT_FOUND: Final = Cause(
    "not-found",
    "The host has no repository at this address.",
    "Check the address. Many hosts say the same of a private repository: then add an access token "
    "or a deploy key.",
)
REFUSED: Final = Cause(
    "refused",
    "The host does not let us read this repository.",
    "Add an access token or a deploy key with read access, or replace the one that is stored.",
)
CREDENTIAL_REFUSED: Final = Cause(
    "credential-refused",
    "The host refused the stored credential.",
    "It may have expired, or lack read access to this repository: store a new one.",
)
KEY_NEEDED: Final = Cause(
    "key-needed",
    "An ssh address needs a deploy key, and none is stored.",
    "Add a deploy key in the settings of the repository, or use its https address.",
)
TOKEN_NEEDED: Final = Cause(
    "token-needed",
    "A deploy key is stored, but the address is no ssh address.",
    "Use the ssh address of the repository, or store an access token instead.",
)
HOST_KEY_UNKNOWN: Final = Cause(
    "host-key-unknown",
    "The host showed a key that nobody confirmed.",
    "Compare the key of the host in the settings of the repository and confirm it.",
)
HOST_KEY_CHANGED: Final = Cause(
    "host-key-changed",
    "The host's key is not the one that was confirmed. Someone may be in between.",
    "Ask the people who run the host; when the change is theirs, confirm the new key.",
)
UNREACHABLE: Final = Cause(
    "unreachable",
    "The host does not answer as a git host.",
    "Check the address, and that this machine may reach the host; then scan again.",
)
CERTIFICATE: Final = Cause(
    "certificate",
    "The certificate of the host is not trusted here.",
    "For a host with a certificate of its own, the operator can name the authority in "
    "CODEVITALS_CA_BUNDLE.",
)
HOST_FAILED: Final = Cause(
    "host-failed",
    "The host answered with an error of its own.",
    "Wait until the host is well again; the next scan tries anew.",
)
BROKE_OFF: Final = Cause(
    "broke-off",
    "The connection broke off before everything had arrived.",
    "Scan again; if it stays so, look at the network and at the host.",
)
TIMED_OUT: Final = Cause(
    "timed-out",
    "Fetching took too long or came to a standstill.",
    "Scan again when the host is faster, or ask the operator to raise the time limit.",
)
TOO_LARGE: Final = Cause(
    "too-large",
    "The repository is larger than this instance takes.",
    "Ask the operator to raise the limit, or make the repository smaller.",
)
TOO_MANY_FILES: Final = Cause(
    "too-many-files",
    "The commit holds more files than this instance takes.",
    "Ask the operator to raise the limit on files.",
)
EMPTY: Final = Cause(
    "empty",
    "The repository has no commits yet.",
    "Push a first commit and scan again.",
)
NO_DEFAULT: Final = Cause(
    "no-default",
    "The repository names no default branch that exists.",
    "Choose a branch in the settings of the repository.",
)
BRANCH_GONE: Final = Cause(
    "branch-gone",
    "The branch is not in the repository, or no longer.",
    "Choose another branch in the settings of the repository, or leave it empty for the default.",
)
NO_COMMIT: Final = Cause(
    "no-commit",
    "There is no such commit, branch or tag in the repository.",
    "Check the spelling; `git branch` and `git tag` list what there is.",
)
CORRUPT: Final = Cause(
    "corrupt",
    "The repository is damaged: objects are missing or not what they should be.",
    "Run `git fsck --full` on a clone of it, repair what it names, and push again.",
)
REDIRECTED: Final = Cause(
    "redirected",
    "The host sends us on to another address, and redirects are not followed.",
    "Register the address that the host names on its page for the repository.",
)
DISK_FULL: Final = Cause(
    "disk-full",
    "The disk of this instance is full.",
    "Ask the operator to make room in the data folder; then scan again.",
)
OBJECT_FORMAT: Final = Cause(
    "object-format",
    "The repository uses another object format than this git can fetch.",
    "Ask the operator for a newer git.",
)
UNREADABLE: Final = Cause(
    "unreadable",
    "Git cannot read the repository.",
    "Check that the user who runs Codevitals may read it, and that `git status` works in it.",
)
FAILED: Final = Cause(
    "failed",
    "Git failed for a reason it does not share with us.",
    "Ask the operator to look at the detail of this scan.",
)

_PATTERNS: Final = tuple(
    (cause, re.compile(pattern, re.IGNORECASE))
    for cause, pattern in (
        (DISK_FULL, "no space left on device|disk quota exceeded"),
        (TOO_LARGE, f"died of signal {int(signal.SIGXFSZ)}\\b|file too large|out of memory"),
        (TIMED_OUT, "operation too slow|timed out|timeout, server .* not responding"),
        (HOST_KEY_CHANGED, "remote host identification has changed|host key for .* has changed"),
        (HOST_KEY_UNKNOWN, "host key verification failed|no .* host key is known"),
        (REFUSED, "terminal prompts disabled|authentication failed|permission denied"),
        (REFUSED, "returned error: 40[13]"),
        (REDIRECTED, "returned error: 30[0-9]|unable to update url base from redirection"),
        (NOT_FOUND, "repository .* not found|returned error: 4(04|10)|repository not found"),
        (NOT_FOUND, "does not appear to be a git repository|no such repository"),
        (HOST_FAILED, "returned error: (429|5[0-9][0-9])"),
        (CERTIFICATE, "certificate|issuer is unknown"),
        (OBJECT_FORMAT, "mismatched algorithms|unknown object format"),
        (BRANCH_GONE, "couldn't find remote ref"),
        (BROKE_OFF, "early eof|unexpected disconnect|bytes of body are still expected"),
        (BROKE_OFF, "rpc failed|hung up unexpectedly|unexpected eof|transfer closed"),
        (UNREACHABLE, "failed to connect|could(n't| not) (resolve|connect)|no route to host"),
        (UNREACHABLE, "connection (refused|reset|closed)|network is unreachable|kex_exchange"),
        (UNREACHABLE, "unable to access|not valid: is this a git repository|protocol error"),
        (CORRUPT, "fsck error|bad object|missing (blob|tree|commit)|did not send all necessary"),
        (CORRUPT, "corrupt|invalid index-pack|bad pack|pack is|is not a valid object|not a tree"),
        (CORRUPT, "died of signal|unresolved delta|fatal: pack|inflate|wrong index"),
        (UNREADABLE, "not a git repository|unknown repository extension|bad config"),
    )
)
_SECRETS: Final = re.compile(
    r"(authorization:\s*\S+\s*)\S+|(\b(?:gh[opsu]_|github_pat_|glpat-|ATBB)[\w-]{4})[\w-]+"
    r"|((?:[a-z][a-z0-9+.-]*)://)[^\s/@]+@",
    re.IGNORECASE,
)
_PROGRESS: Final = re.compile(r"\d% \(\d+/\d+\)")
_STOPPED: Final = {"time": TIMED_OUT, "output": TOO_LARGE, "size": TOO_LARGE, "disk": DISK_FULL}


def cause_of(outcome: Outcome) -> Cause:
    """The cause that git's exit and its words name; FAILED when they name none."""
    if outcome.stopped:
        return _STOPPED.get(outcome.stopped, FAILED)
    if outcome.status in (-signal.SIGXFSZ, 128 + signal.SIGXFSZ):
        return TOO_LARGE
    words = outcome.stderr.decode("utf-8", "replace")
    for cause, pattern in _PATTERNS:
        if pattern.search(words):
            return cause
    return CORRUPT if outcome.status < 0 else FAILED


def error_of(outcome: Outcome, secrets: Iterable[str] = ()) -> UserError:
    """The failure as a UserError, with scrubbed detail."""
    return cause_of(outcome).error(detail_of(outcome, secrets))


def detail_of(outcome: Outcome, secrets: Iterable[str] = ()) -> str:
    """Exit status and the last words, without secrets, progress and hidden characters."""
    words = scrubbed(outcome.stderr.decode("utf-8", "replace"), secrets)
    return f"exit {outcome.status} {outcome.stopped} {words}".strip()


def scrubbed(text: str, secrets: Iterable[str] = ()) -> str:
    """One line of at most DETAIL_LENGTH characters that holds none of the secrets."""
    for secret in secrets:
        for part in filter(None, secret.splitlines()):
            text = text.replace(part, "***")
    text = _SECRETS.sub(lambda found: next(filter(None, found.groups())) + "***", text)
    lines = [
        line for line in re.split(r"[\r\n]+", text) if line.strip() and not _PROGRESS.search(line)
    ]
    joined = " / ".join(" ".join(line.split()) for line in lines)
    return "".join(each for each in joined if not is_hidden(each))[-DETAIL_LENGTH:]
