"""Git over HTTP: git's own http-backend behind a small server, with hosts of every temper.

The first part of an address says how the host behaves, the rest names a repository in `root`:
`server.url("basic", "shop")` is `http://127.0.0.1:<port>/basic/shop.git`.
"""

from __future__ import annotations

import base64
import gzip
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, Literal

import pytest

from tests.services.repositories import RepositoryBuilder

USERNAME: Final = "reader"
PASSWORD: Final = "open-sesame"
TOKEN: Final = "token-of-the-test-host"

Temper = Literal[
    "open",  # serves everybody
    "basic",  # asks for USERNAME and PASSWORD
    "token",  # asks for TOKEN as the password
    "moved",  # redirects to "open"
    "denied",  # 401, whatever is sent
    "forbidden",  # 403
    "broken",  # 500
    "mute",  # takes the request and never answers
    "dripping",  # answers one byte at a time
    "truncated",  # cuts the pack short
]


class GitHttpServer:
    """Serves the bare repositories of a folder on a port of its own."""

    def __init__(self, root: Path, tls: ssl.SSLContext | None = None) -> None:
        self.root = root
        self.scheme = "https" if tls else "http"
        self.requests: list[tuple[str, str]] = []  # (path with query, Authorization header)
        self.released = threading.Event()  # lets mute and dripping answers end
        self._server = _Server(("127.0.0.1", 0), self)
        if tls:
            self._server.socket = tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Serve until `stop`."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._thread.start()

    def stop(self) -> None:
        """Serve no more."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def publish(self, builder: RepositoryBuilder, name: str) -> Path:
        """Put a bare clone under a name; `builder.push` of the returned path updates it."""
        return builder.bare_clone(self.root / f"{name}.git")

    def url(self, temper: Temper, name: str) -> str:
        """The address of a repository on a host of this temper."""
        return f"{self.scheme}://127.0.0.1:{self.port}/{temper}/{name}.git"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], owner: GitHttpServer) -> None:
        super().__init__(address, _Handler)
        self.owner = owner

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, as it must at its limits, is no error here."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: object) -> None:
        """Tests read `requests` instead."""

    def _serve(self) -> None:
        authorization = self.headers.get("Authorization", "")
        self.server.owner.requests.append((self.path, authorization))
        temper, _, rest = self.path.lstrip("/").partition("/")
        body = self._body()
        if temper == "moved":
            self._answer(301, [("Location", f"/open/{rest}")])
        elif temper in ("denied", "forbidden", "broken"):
            self._refuse({"denied": 401, "forbidden": 403, "broken": 500}[temper])
        elif temper == "mute":
            self.server.owner.released.wait(60)
        elif temper == "dripping":
            self._drip()
        elif temper in ("basic", "token") and not _is_let_in(temper, authorization):
            self._refuse(401)
        else:
            self._run_backend(rest, body, cut=temper == "truncated")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(self._chunks())
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(body) if is_packed else body

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().strip() or b"0", 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _refuse(self, status: int) -> None:
        headers = [("WWW-Authenticate", 'Basic realm="git"')] if status == 401 else []
        self._answer(status, headers, b"not for you\n")

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
        self.end_headers()
        while not self.server.owner.released.wait(0.2):
            try:
                self.wfile.write(b"0")
                self.wfile.flush()
            except OSError:  # the client gave up, as it should
                return

    def _run_backend(self, rest: str, body: bytes, *, cut: bool) -> None:
        path, _, query = rest.partition("?")
        variables = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_PROJECT_ROOT": str(self.server.owner.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "PATH_INFO": f"/{path}",
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "REMOTE_ADDR": "127.0.0.1",
        }
        answer = subprocess.run(
            ["git", "http-backend"], input=body, env=variables, capture_output=True, check=True
        ).stdout
        head, _, content = answer.partition(b"\r\n\r\n")
        lines = [line.decode().split(": ", 1) for line in head.split(b"\r\n")]
        headers = [(name, value) for name, value in lines]
        status = next((int(value[:3]) for name, value in headers if name == "Status"), 200)
        if cut and self.command == "POST" and b"packfile" in content:
            content = content[: len(content) * 2 // 3]
        self._answer(status, [each for each in headers if each[0] != "Status"], content)

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes = b"") -> None:
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(content)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


def _is_let_in(temper: str, authorization: str) -> bool:
    kind, _, encoded = authorization.partition(" ")
    if kind != "Basic":
        return False
    username, _, password = base64.b64decode(encoded).decode().partition(":")
    if temper == "token":
        return password == TOKEN
    return (username, password) == (USERNAME, PASSWORD)


@pytest.fixture(scope="session")
def git_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitHttpServer]:
    """One server a run; publish under names of your own."""
    server = GitHttpServer(tmp_path_factory.mktemp("git-http"))
    server.start()
    yield server
    server.stop()
