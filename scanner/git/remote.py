"""Talks to a git host: what refs it has, and the fetch of one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

from scanner.application.configuration import Configuration
from scanner.application.ports import Progress
from scanner.domain.errors import UserError
from scanner.domain.revisions import Origin
from scanner.git.access import access
from scanner.git.address import RemoteAddress, parse_address
from scanner.git.causes import (
    BRANCH_GONE,
    CREDENTIAL_REFUSED,
    EMPTY,
    NO_DEFAULT,
    REDIRECTED,
    REFUSED,
    cause_of,
    detail_of,
)
from scanner.git.command import Bounds, Listeners, Outcome, run_git
from scanner.git.fetch_progress import FetchProgress
from scanner.git.hosts import CONNECT_SECONDS, reach
from scanner.git.remote_refs import RemoteRefs, parse_refs

_REFS_SECONDS: Final = 120.0
_REFS_BYTES: Final = 64 << 20
_MEMORY_BYTES: Final = 6 << 30  # of address space: git maps its packs
_LOCATION: Final = re.compile(rb"<= Recv header: *location: *(\S{1,500})\s*$", re.I | re.M)
_ASKED: Final = "/info/refs?service=git-upload-pack"
_HARMLESS: Final = (  # flaws of old commits that change nothing for a reader
    "badEmail",
    "badTimezone",
    "missingEmail",
    "missingNameBeforeEmail",
    "missingSpaceBeforeDate",
    "missingSpaceBeforeEmail",
    "multipleAuthors",
    "zeroPaddedDate",
    "zeroPaddedFilemode",
)
_CHECKS: Final = tuple(part for flaw in _HARMLESS for part in ("-c", f"fetch.fsck.{flaw}=ignore"))
_FETCH: Final = (
    *("-c", "transfer.fsckObjects=true", *_CHECKS),
    *("-c", "transfer.bundleURI=false"),
    *("-c", "fetch.unpackLimit=1"),  # packs are kept as they come
    *("-c", "core.bigFileThreshold=16m"),  # larger blobs are streamed, not held
    *("-c", "pack.threads=2"),
    "fetch",
    "--progress",
    "--no-tags",
    "--no-recurse-submodules",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--no-show-forced-updates",
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a fetch goes. `watch` may stop it with a word; no file outgrows `file_bytes`."""

    git_dir: Path
    ref: str
    file_bytes: int
    watch: Callable[[], str]


class Remote:
    """One repository on its host, reached with the credential of its origin.

    `folder` is the workspace of this call: key files go there. Making one resolves and reaches
    the host. Raises UserError where the address, the host or the credential will not do.
    """

    def __init__(self, origin: Origin, configuration: Configuration, folder: Path) -> None:
        self._configuration = configuration
        self._origin = origin
        self._folder = folder
        self.address: RemoteAddress = parse_address(
            origin.address, allow_http=configuration.allow_http
        )
        seconds = min(CONNECT_SECONDS, configuration.limits.low_speed_seconds)
        self._endpoint = reach(self.address, configuration.private_hosts, seconds)
        self._access = access(
            self.address, self._endpoint, origin.credential, configuration, folder
        )

    def refs(self) -> RemoteRefs:
        """Branches and tags. Raises UserError."""
        outcome = self._list(self._access.environment)
        if not outcome.ok:
            raise self._error(outcome)
        return parse_refs(outcome.stdout)

    def fetch(self, source: str, destination: Destination, report: Progress) -> None:
        """Fetch one ref of the host, HEAD or a commit, whatever the destination held before.

        Every object is checked on its way in. Raises UserError.
        """
        outcome = run_git(
            [
                f"--git-dir={destination.git_dir}",
                *_FETCH,
                "--",
                self.address.url,
                f"+{source}:{destination.ref}",
            ],
            self._access.environment,
            Bounds(
                seconds=self._configuration.limits.fetch_seconds,
                file_bytes=destination.file_bytes,
                memory_bytes=_MEMORY_BYTES,
            ),
            Listeners(stderr=FetchProgress(report).feed, watch=destination.watch),
        )
        if not outcome.ok:
            # git does not say that a file grew too large, or the disk full: look once more
            stopped = outcome.stopped or destination.watch()
            raise self._error(replace(outcome, stopped=stopped), source)

    def _list(self, environment: dict[str, str]) -> Outcome:
        seconds = min(_REFS_SECONDS, self._configuration.limits.fetch_seconds)
        return run_git(
            ["ls-remote", "--", self.address.url],
            environment,
            Bounds(seconds=seconds, output_bytes=_REFS_BYTES),
        )

    def _error(self, outcome: Outcome, source: str = "") -> UserError:
        cause = cause_of(outcome)
        detail = detail_of(outcome, self._access.secrets)
        if cause is REDIRECTED:
            return self._redirected(detail)
        if cause is REFUSED and self._origin.credential is not None:
            cause = CREDENTIAL_REFUSED
        if cause is BRANCH_GONE and not self.refs().objects:
            cause = EMPTY
        elif cause is BRANCH_GONE and source == "HEAD":
            cause = NO_DEFAULT
        return cause.error(detail)

    def _redirected(self, detail: str) -> UserError:
        """Ask once more, without the credential, and listen for where the host points to."""
        anonymous = access(
            self.address, self._endpoint, None, self._configuration, self._folder
        ).environment
        tracing = {"GIT_TRACE_CURL": "1", "GIT_TRACE_CURL_NO_DATA": "1"}
        found = _LOCATION.search(self._list(anonymous | tracing).stderr)
        target = self._registrable(found[1].decode("latin-1")) if found else ""
        if not target:
            return REDIRECTED.error(detail)
        return UserError(
            "git.redirected", REDIRECTED.message, f"Register {target} instead.", detail
        )

    def _registrable(self, location: str) -> str:
        """The address of the repository that a redirect names, "" when it is none we take."""
        target = urljoin(self.address.url + _ASKED, location)
        if not target.endswith(_ASKED):  # a page to sign in, most likely
            return ""
        try:
            return parse_address(target.removesuffix(_ASKED), allow_http=True).url
        except UserError:  # an address that would be refused is no advice
            return ""
