"""scipy, without the tools of numpy's makers: import it from here.

scipy's layer for other array libraries copies every name numpy has, and so loads f2py (which compiles Fortran) and the
test tools with all they need: 100 modules, 8 MB in every worker, used by nobody. Here numpy does not name them while
scipy loads; they are still there for whoever asks.
"""

from __future__ import annotations

import numpy as np

_UNUSED = {"ctypeslib", "f2py", "ma", "polynomial", "testing"}
_exported, _listed = np.__all__, np.__dir__

np.__all__ = [name for name in _exported if name not in _UNUSED]
np.__dir__ = lambda: [name for name in _listed() if name not in _UNUSED]  # type: ignore[method-assign]
try:
    from scipy import special
    from scipy.sparse import csr_array
finally:
    np.__all__, np.__dir__ = _exported, _listed  # type: ignore[method-assign]

__all__ = ["csr_array", "special"]
