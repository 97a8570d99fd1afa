"""The notebooks keep their word: they run, every claim in them is asserted, and nobody's outcome stands in them."""

from __future__ import annotations

import ast
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import wor_match as wm

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES, MOST_BYTES = 10, 100_000
WITH_WARNINGS_AS_ERRORS = "import warnings\nwarnings.simplefilter('error')"
NOT_HERE = (ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.While, ast.AugAssign)  # figures come from the library
ARITHMETIC = (ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.MatMult)
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def kernel_of_these_tests(folder: Path) -> AsyncKernelManager:
    """A kernel of the interpreter that runs the tests, whatever kernels the machine has."""
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    env = {
        "WOR_MATCH_FAST": "1",
        "PYTHONPATH": str(Path(wm.__file__).parents[1]),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    (folder / "kernels" / "tests").mkdir(parents=True)
    spec = {"argv": argv, "env": env, "display_name": "tests", "language": "python"}
    (folder / "kernels" / "tests" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    found = KernelSpecManager(kernel_dirs=[str(folder / "kernels")], ensure_native_kernel=False)
    return AsyncKernelManager(
        kernel_name="tests", kernel_spec_manager=found, connection_file=str(folder / "connection.json")
    )


def faults_in(notebook: Any, folder: Path) -> list[tuple[str, str]]:
    """Cell and name of each error when a notebook runs in an empty folder."""
    (folder / "empty").mkdir()
    notebook.cells.insert(0, new_code_cell(WITH_WARNINGS_AS_ERRORS))
    where = {"metadata": {"path": str(folder / "empty")}}
    kernel = kernel_of_these_tests(folder)
    NotebookClient(notebook, km=kernel, timeout=120, allow_errors=True, resources=where).execute(cleanup_kc=True)
    assert not list((folder / "empty").iterdir()), "it leaves files where it runs"
    return [
        (cell.id, f"{out.ename}: {out.evalue}")
        for cell in notebook.cells
        for out in cell.get("outputs", [])
        if out.output_type == "error"
    ]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def code_in(path: Path) -> list[Any]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


@every_notebook
def test_every_claim_holds(path: Path, tmp_path: Path, figure: Callable[[str], None]) -> None:
    begin = time.perf_counter()
    assert faults_in(read(path), tmp_path) == []
    figure(f"notebook {path.stem}: {time.perf_counter() - begin:.1f} seconds with its kernel")


def test_a_wrong_claim_a_warning_and_another_interpreter_are_seen(tmp_path: Path) -> None:
    sources = [
        "assert 1 == 2",
        "import warnings\nwarnings.warn('old')",
        f"import sys\nassert sys.executable == {sys.executable!r}",
        f"import wor_match\nassert wor_match.__file__ == {wm.__file__!r}",
        "import os\nassert os.environ['WOR_MATCH_FAST'] == '1' and not os.listdir()",
    ]
    wrong = new_notebook(cells=[new_code_cell(source, id=f"cell-{at}") for at, source in enumerate(sources)])
    assert faults_in(wrong, tmp_path) == [("cell-0", "AssertionError: "), ("cell-1", "UserWarning: old")]


@every_notebook
def test_nothing_of_a_run_stands_in_it(path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES
    nbformat.validate(read(path))  # ids that are unique, too
    told = json.loads(path.read_text(encoding="utf-8"))  # as it stands: reading drops some of it
    assert set(told) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert told["metadata"] == {"language_info": {"name": "python"}}
    assert all(cell["metadata"] == {} for cell in told["cells"])
    code = [cell for cell in told["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@every_notebook
def test_it_tells_first_what_is_invented_and_asserts_what_it_tells(path: Path) -> None:
    first, *_ = read(path).cells
    assert first.cell_type == "markdown"
    assert "invented" in first.source
    assert sum("assert " in cell.source for cell in code_in(path)) >= 5


@every_notebook
def test_nothing_is_computed_in_it_and_cells_are_short(path: Path) -> None:
    for cell in code_in(path):
        lines = [line for line in cell.source.splitlines() if line and not line.startswith(("import ", "from "))]
        assert len(lines) <= MOST_LINES, cell.id
        tree = ast.parse(cell.source)
        claims = {inner for node in ast.walk(tree) if isinstance(node, ast.Assert) for inner in ast.walk(node)}
        for node in ast.walk(tree):
            assert not isinstance(node, NOT_HERE), cell.id
            assert node in claims or not is_arithmetic(node), cell.id
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert not {"numpy", "scipy", "statistics", "math"} & set(names), cell.id


def is_arithmetic(node: ast.AST) -> bool:
    """Whether two numbers become one; a file in a folder is written with the sign of a division."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ARITHMETIC):
        return False
    named = isinstance(node.right, ast.JoinedStr) or isinstance(getattr(node.right, "value", None), str)
    return not (isinstance(node.op, ast.Div) and named)


def test_they_are_numbered_without_gaps() -> None:
    assert NOTEBOOKS
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{number:02}_" for number in range(1, len(NOTEBOOKS) + 1)]


@every_notebook
def test_a_link_to_another_notebook_leads_there(path: Path) -> None:
    text = "".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert all((path.parent / target).exists() for target in re.findall(r"\]\((.*?)\)", text))
