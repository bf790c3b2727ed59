"""Foreign programs in JavaScript that tests look at us with: each a folder with a lock, installed as that says."""

import shutil
import subprocess
from pathlib import Path

import pytest


def installed(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder, with all that its lock names."""
    for needed in ("node", "npm"):
        if shutil.which(needed) is None:
            pytest.fail(f"{needed} is not here: this test needs Node 20 or newer, with npm")
    folder = tmp_path_factory.mktemp("packages") / sources.name
    shutil.copytree(sources, folder)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder
