"""What every source file keeps to, beyond what the linter sees."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "innovate"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_FUNCTION = 50
LONGEST_FILE = 500
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "base", "manager"}
TRANSLATING = {"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext", "pgettext", "lazy_pgettext"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= first.end_lineno - first.lineno + 1
    return lines


# -- rules about single nodes: each tree is made and walked once for all of them -----------------------------------

RULES: dict[
    str, Callable[[Path, ast.AST], str]
] = {}  # by the rule's name: what is wrong at a node, or nothing


def rule(check: Callable[[Path, ast.AST], str]) -> Callable[[Path, ast.AST], str]:
    RULES[check.__name__] = check
    return check


@cache
def breaches() -> dict[str, list[str]]:
    """By rule: where it is broken, and how."""
    found = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(), str(path))):
            for name, check in RULES.items():
                if wrong := check(path, node):
                    found[name].append(f"{name_of(path)}:{getattr(node, 'lineno', 1)} {wrong}")
    return found


@rule
def package_files_hold_a_docstring_only(path: Path, node: ast.AST) -> str:
    if not isinstance(node, ast.Module) or path.name != "__init__.py":
        return ""
    body = node.body
    is_right = len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return "" if is_right else "more than a docstring"


@rule
def rules_import_nothing_but_rules(path: Path, node: ast.AST) -> str:
    if not isinstance(node, ast.Import | ast.ImportFrom) or path.relative_to(PACKAGE).parts[1:2] != (
        "domain",
    ):
        return ""
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return " ".join(module for module in modules if not _is_for_rules(module))


def _is_for_rules(module: str) -> bool:
    parts = module.split(".")
    is_rule = parts[0] == "innovate" and len(parts) > 2 and parts[2] == "domain"
    is_scipy = module == "innovate.core.scientific"
    return is_rule or is_scipy or parts[0] in sys.stdlib_module_names | {"numpy", "scipy"}


@rule
def functions_are_short(_path: Path, node: ast.AST) -> str:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    return f"{node.name} has {length_of(node)} lines" if length_of(node) > LONGEST_FUNCTION else ""


@rule
def only_the_clock_tells_the_time(path: Path, node: ast.AST) -> str:
    """A business instant comes from `clock.now()` or as an argument, so that tests can set it."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return ""
    if node.func.attr not in {"now", "utcnow", "today"} or path == PACKAGE / "core" / "clock.py":
        return ""
    called = ast.unparse(node.func)
    return called if called in {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"} else ""


@rule
def nobody_below_the_edge_commits(path: Path, node: ast.AST) -> str:
    """The unit of work commits once, at the edge; services leave that to it."""
    if not isinstance(node, ast.Call):
        return ""
    if not {"services", "queries", "policy", "models", "domain"} & set(path.with_suffix("").parts):
        return ""
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
    called = ast.unparse(node.func) if name == "commit" else ""
    return called if called in {"db.session.commit", "commit", "database.commit"} else ""


@rule
def translated_texts_are_written_where_they_are_translated(_path: Path, node: ast.AST) -> str:
    """`_(variable)` and `_(f"…")` would never be found by extraction."""
    if (
        not isinstance(node, ast.Call)
        or not isinstance(node.func, ast.Name)
        or node.func.id not in TRANSLATING
    ):
        return ""
    first = node.args[0] if node.args else None
    is_literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
    return "" if is_literal else ast.unparse(node)[:60]


@pytest.mark.parametrize("name", RULES)
def test_every_source_keeps_the_rule(name: str) -> None:
    assert breaches()[name] == []


# -- rules about files and folders --------------------------------------------------------------------------------


def test_imports_keep_to_the_contracts() -> None:
    run(str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache")


def test_the_linter_is_content() -> None:
    run(sys.executable, "-m", "ruff", "check", "--quiet", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", "--quiet", ".")


def test_the_application_starts_without_what_only_some_work_needs() -> None:
    """Each costs every worker memory; what computes, migrates or draws imports its library inside functions."""
    heavy = "numpy scipy alembic mako pygments PIL openpyxl xlsxwriter pypdfium2 typst pypdf cryptography"
    code = f"import sys, wsgi; print(*sorted(set({heavy!r}.split()) & set(sys.modules)))"
    said = subprocess.check_output([sys.executable, "-c", code, "scoring", "assign"], cwd=ROOT, text=True)
    assert said.split() == []


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_drawer_for_odds_and_ends() -> None:
    assert [name_of(path) for path in SOURCES if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_only_the_settings_read_the_environment() -> None:
    wrong = [
        name_of(path) for path in SOURCES if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["innovate", "templates", "static", "tests", "bench", "deploy", "docs"])
def test_no_third_party_or_generated_file_is_kept(folder: str) -> None:
    listed = subprocess.run(
        ["git", "ls-files", folder], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.splitlines()
    wrong = [
        name
        for name in names
        if name.endswith((".mo", ".min.js", ".min.css", ".map", ".woff2", ".ttf", ".sqlite3"))
    ]
    assert wrong == []
