"""Pictures of pages, by the browser on the path, if there is one."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH = 420
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
PATIENCE = 60


def browser() -> str | None:
    """Where a browser is that can take pictures."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def picture(program: str, page: Path) -> Path:
    """A picture of a page, beside it."""
    file = page.with_suffix(".png")
    with tempfile.TemporaryDirectory(prefix="folkmoot-browser-", ignore_cleanup_errors=True) as folder:
        where = [f"--user-data-dir={folder}", f"--screenshot={file}", f"--window-size={WIDTH},{height(page)}"]
        subprocess.run([program, *QUIETLY, *where, page.as_uri()], check=True, capture_output=True, timeout=PATIENCE)
    return file


def height(page: Path) -> int:
    """Enough for the whole page: a browser without a window takes a picture of what would be in it."""
    body = page.read_text("utf-8").partition("</style>")[2]
    lines = sum(1 + len(line) // 40 for line in re.sub("<[^>]*>", "", body).splitlines())
    return 100 + lines * 21 + body.count("<nav") * 18
