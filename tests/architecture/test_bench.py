"""The measurements themselves are run by hand; that they still begin is a test's business."""

import subprocess
import sys

from innovate.core.serving import ROOT


def test_the_measurements_begin() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "--seconds" in done.stdout


def test_the_application_is_built_after_whatever_the_measurements_import() -> None:
    code = "import bench.__main__ as m; from config import TestConfig; m.create_app(TestConfig)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
