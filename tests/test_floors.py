"""The house keeps its shape: rooms use only rooms below them (import-linter), and no files lead round in circles."""

from __future__ import annotations

import grimp
import networkx as nx


def test_no_files_import_each_other_in_circles() -> None:
    graph = grimp.build_graph("tfcore", "gui", exclude_type_checking_imports=True, cache_dir=None)
    imports = nx.DiGraph(
        (name, other) for name in graph.modules for other in graph.find_modules_directly_imported_by(name)
    )
    assert [sorted(circle) for circle in nx.strongly_connected_components(imports) if len(circle) > 1] == []
