"""Set up an environment of its own and run tonghop in it: `python3 start.py demo`, `python3 start.py test`.

Needs only Python 3.11 or newer and pip's index. Everything goes into `.venv` beside this file; a second run
starts at once. It must not import anything of ours: nothing is installed yet.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parent
ENVIRONMENT = HOME / ".venv"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(PROGRAMS / ("python.exe" if os.name == "nt" else "python"))
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "-n", "2", "--dist", "loadfile"),
)


def main() -> int:
    """Install what is missing, then run the command line or the tests; returns their exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (this file runs on whatever Python is there)
        print("Cần Python 3.11 trở lên; máy này đang dùng", sys.version.split()[0], file=sys.stderr)
        return 2
    arguments = sys.argv[1:] or ["--help"]
    testing = arguments[0] == "test"
    if not installed("dev" if testing else ""):
        return 2
    if testing:
        return run_checks(arguments[1:])
    launcher = "py" if os.name == "nt" else "python3"
    environment = os.environ | {"TONGHOP_COMMAND": f"{launcher} {sys.argv[0]}"}
    return subprocess.run([PYTHON, str(HOME / "cli.py"), *arguments], env=environment, check=False).returncode


def installed(extra: str) -> bool:
    """Make the environment and install the pinned dependencies unless this very list is installed already."""
    wanted = hashlib.sha256((HOME / "pyproject.toml").read_bytes()).hexdigest() + extra
    marker = ENVIRONMENT / f"tonghop-{extra or 'run'}.installed"
    if marker.is_file() and marker.read_text(encoding="ascii") == wanted:
        return True
    print("Đang cài đặt vào .venv (vài phút)…", file=sys.stderr)
    try:
        if not has_pip():
            venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        print("Không tạo được .venv. Trên Debian/Ubuntu hãy cài thêm gói python3-venv.", file=sys.stderr)
        return False
    what = f"{HOME}[{extra}]" if extra else str(HOME)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what]
    if subprocess.run(pip, check=False).returncode:
        print("Cài đặt chưa xong: kiểm tra kết nối mạng rồi chạy lại.", file=sys.stderr)
        return False
    marker.write_text(wanted, encoding="ascii")
    return True


def has_pip() -> bool:
    """True when the environment stands: a half-made one (Ctrl-C) is made again, a standing one only updated."""
    if not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def run_checks(arguments: list[str]) -> int:
    """Run lint, format, types and tests; further arguments go to pytest. Stops at the first that fails."""
    for name, *rest in CHECKS:
        command = [PYTHON, "-m", name, *rest, *(arguments if name == "pytest" else ())]
        code = subprocess.run(command, cwd=HOME, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Đã dừng theo yêu cầu.")
