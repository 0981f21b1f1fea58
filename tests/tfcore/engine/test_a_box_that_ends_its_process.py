"""A model may end the process it runs in; that costs the job, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tensorflow as tf

from tests.black_boxes import saved_model
from tests.tfcore.engine.conftest import Watched
from tfcore.engine.protocol import Failed, Job, Result


def ends_the_process(x: Any, kernel: Any) -> Any:
    with tf.control_dependencies([tf.raw_ops.Abort(error_msg="no")]):
        return tf.tensordot(x, kernel, 3)


@pytest.mark.slow
def test_the_next_job_is_answered(tmp_path: Path) -> None:
    folder = saved_model(tmp_path / "saved", ends_the_process)
    engine = Watched()
    try:
        said = []
        for source, trust in ((str(folder), False), (str(folder), True), ("demo", False)):
            job = Job("open_model", {"model": source, "trust": trust})
            engine.backend.submit(job)
            said.append(engine.ending(job))
    finally:
        engine.backend.close()
    untrusted, died, after = said
    assert isinstance(untrusted, Failed)
    assert "contains the operation Abort" in untrusted.sentence
    assert isinstance(died, Failed)
    assert isinstance(after, Result)
