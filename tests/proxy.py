"""The shipped nginx site, really started in front of a server, on free ports and with a certificate of its own."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from running import PROJECT, free_port

SITE = PROJECT / "deploy" / "nginx" / "thuoc-so.conf"
NAME = "thuoc-so.example.vn"
SERVED = "localhost"


def nginx_program() -> str:
    """The installed nginx; skipped where there is none, a failure in CI."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        reason = "nginx is not installed (Debian: nginx-light)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


@dataclass
class Proxy:
    """One nginx with the shipped site; only ports, names, folders and the certificate differ."""

    folder: Path
    app_port: int
    process: subprocess.Popen[bytes] | None = None

    @cached_property
    def port(self) -> int:
        return free_port()

    @cached_property
    def plain_port(self) -> int:
        return free_port()

    @property
    def url(self) -> str:
        return f"https://{SERVED}:{self.port}"

    @cached_property
    def certificate(self) -> Path:
        file = self.folder / "cert.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", f"/CN={SERVED}", "-addext", f"subjectAltName=DNS:{SERVED}",
             "-keyout", str(self.folder / "key.pem"), "-out", str(file)],
            check=True, capture_output=True,
        )  # fmt: skip
        return file

    def trusting(self) -> ssl.SSLContext:
        """A client's TLS that trusts the certificate of this test alone."""
        return ssl.create_default_context(cafile=str(self.certificate))

    def start(self) -> "Proxy":
        self.folder.chmod(0o755)
        command = [nginx_program(), "-c", str(self._configuration()), "-p", str(self.folder)]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr, checked.stderr
        self.process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not self._listens():
            assert self.process.poll() is None, "nginx ended while it was starting"
            assert time.monotonic() < until, "nginx did not start within 20 s"
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def words(self) -> str:
        """What nginx wrote into its logs."""
        return "".join(file.read_text("utf-8", "replace") for file in sorted(self.folder.glob("*.log")))

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _configuration(self) -> Path:
        file = self.folder / "nginx.conf"
        for inner in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
            (self.folder / inner).mkdir(exist_ok=True)
        folders = "\n".join(
            f"    {kind}_temp_path {self.folder}/{folder};"
            for kind, folder in (
                ("client_body", "body"),
                *((one, one) for one in ("proxy", "fastcgi", "uwsgi", "scgi")),
            )
        )
        user = "user root;\n" if os.geteuid() == 0 else ""
        file.write_text(
            f"{user}worker_processes 1;\npid {self.folder}/nginx.pid;\nerror_log {self.folder}/start.log warn;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{\n{folders}\n    access_log off;\n"
            f"    include /etc/nginx/mime.types;\n{self._site()}\n}}\n",
            encoding="utf-8",
        )
        return file

    def _site(self) -> str:
        certificate = self.certificate
        changed = SITE.read_text(encoding="utf-8")
        for pattern, put in (
            (r"/etc/letsencrypt/live/[^;]+/fullchain\.pem", str(certificate)),
            (r"/etc/letsencrypt/live/[^;]+/privkey\.pem", str(self.folder / "key.pem")),
            (re.escape(NAME), SERVED),
            (r"server 127\.0\.0\.1:8501;", f"server 127.0.0.1:{self.app_port};"),
            (r"listen 443", f"listen 127.0.0.1:{self.port}"),
            (r"listen 80", f"listen 127.0.0.1:{self.plain_port}"),
            (r"/var/cache/nginx/", f"{self.folder}/cache-"),
            (r"/var/log/nginx/", f"{self.folder}/"),
            (r"/opt/thuoc-so/", f"{PROJECT}/"),
        ):
            changed, count = re.subn(pattern, put, changed)
            assert count, f"the site has nothing like {pattern}"
        return changed
