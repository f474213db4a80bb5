"""What every source file keeps to, beyond what the linter sees."""

import ast
import subprocess
import sys
from collections.abc import Iterator
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


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


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


def test_imports_keep_to_the_contracts() -> None:
    run(str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache")


def test_the_linter_is_content() -> None:
    run(sys.executable, "-m", "ruff", "check", "--quiet", ".")
    run(sys.executable, "-m", "ruff", "format", "--check", "--quiet", ".")


def test_package_files_hold_a_docstring_only() -> None:
    wrong = []
    for path in SOURCES:
        body = parse(path).body if path.name == "__init__.py" else []
        if path.name == "__init__.py" and not (
            len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
        ):
            wrong.append(name_of(path))
    assert wrong == []


def test_rules_import_nothing_but_rules() -> None:
    allowed = sys.stdlib_module_names | {"numpy", "scipy"}
    wrong = []
    for path in PACKAGE.glob("*/domain/**/*.py"):
        for node in ast.walk(parse(path)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in modules:
                parts = module.split(".")
                is_rule = parts[0] == "innovate" and len(parts) > 2 and parts[2] == "domain"
                if parts[0] not in allowed and not is_rule:
                    wrong.append(f"{name_of(path)}: {module}")
    assert wrong == []


def test_the_application_starts_without_what_only_some_work_needs() -> None:
    """Each costs every worker memory; what computes, migrates or draws imports its library inside functions."""
    heavy = "numpy scipy alembic mako pygments PIL openpyxl xlsxwriter pypdfium2 typst pypdf cryptography"
    code = f"import sys, wsgi; print(*sorted(set({heavy!r}.split()) & set(sys.modules)))"
    said = subprocess.check_output([sys.executable, "-c", code, "scoring", "assign"], cwd=ROOT, text=True)
    assert said.split() == []


def test_functions_are_short() -> None:
    long = {
        f"{name_of(path)}:{function.lineno} {function.name}": length_of(function)
        for path in SOURCES
        for function in functions(parse(path))
        if length_of(function) > LONGEST_FUNCTION
    }
    assert long == {}


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


def test_only_the_clock_tells_the_time() -> None:
    """A business instant comes from `clock.now()` or as an argument, so that tests can set it."""
    wrong = []
    for path in SOURCES:
        if path == PACKAGE / "core" / "clock.py":
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = ast.unparse(node.func)
                if called in {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}:
                    wrong.append(f"{name_of(path)}:{node.lineno} {called}")
    assert wrong == []


def test_nobody_below_the_edge_commits() -> None:
    """The unit of work commits once, at the edge; services leave that to it."""
    commits = {"db.session.commit", "commit", "database.commit"}
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if {"services", "queries", "policy", "models", "domain"} & set(path.with_suffix("").parts)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in commits
    ]
    assert wrong == []


def test_translated_texts_are_written_where_they_are_translated() -> None:
    """`_(variable)` and `_(f"…")` would never be found by extraction."""
    wrong = []
    for path in SOURCES:
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING:
                literal = (
                    node.args
                    and isinstance(node.args[0], ast.Constant)
                    and isinstance(node.args[0].value, str)
                )
                if not literal:
                    wrong.append(f"{name_of(path)}:{node.lineno} {ast.unparse(node)[:60]}")
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
