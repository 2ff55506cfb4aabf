"""The docstrings under the fields of the schema, read from its source when somebody asks.

Pydantic can collect them too, but does so at every import: a cost on the way to the first paint.
"""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from textwrap import dedent

from hydra_tui.config.section import Section


def field_docs(section: type[Section]) -> dict[str, str]:
    """The docstring of each field that has one."""
    body = ast.parse(dedent(inspect.getsource(section))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(doc.value.value)
        for field, doc in pairwise(body.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(doc, ast.Expr)
        and isinstance(doc.value, ast.Constant)
        and isinstance(doc.value.value, str)
    }
