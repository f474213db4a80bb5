"""scipy comes without numpy's workshop."""

from __future__ import annotations

import subprocess
import sys

ASKED = """
import sys
from innovate.core.scientific import csr_array, special
loaded = [name for name in ("numpy.f2py", "numpy.testing", "charset_normalizer") if name in sys.modules]
import numpy as np
print(loaded, special.ndtr(0.0), csr_array([[1.0, 0.0]]).nnz, "f2py" in dir(np), np.testing.__name__)
"""


def test_what_nobody_uses_is_not_loaded_and_still_there_for_who_asks() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] 0.5 1 True numpy.testing"
