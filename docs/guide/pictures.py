"""The pictures of this guide: the real window, driven and photographed. ``make guide`` runs it.

    python docs/guide/pictures.py [NAME …]

Everything happens in a folder of its own: no session, no file of the user's is touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

# First, since it says where the program lies.
from driven import HERE, SIZE, Guide, press, smaller  # isort: skip

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QToolButton,
)


def first_look(guide: Guide) -> None:
    guide.save("first-look")
    guide.window.canvas.set_mode("grid")
    guide.save("grid")
    guide.window.canvas.set_mode("side by side")
    guide.choose("How sure is the model?")
    guide.save("how-sure")
    guide.window.canvas.set_mode("overlay")
    guide.feature("Method")


def your_own_model(guide: Guide) -> None:
    guide.window.model_panel.edit_card()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    guide.save("card", dialog)
    dialog.close()
    guide.settle()


def train(guide: Guide) -> None:
    from gui.features.train.panel import TrainingPanel
    from tfcore.data.phantom import write

    data = write(guide.folder / "phantoms", n=240, size=64, seed=1).parent
    guide.choose("Train a network")
    panel = guide.window.docks["Training"].findChild(TrainingPanel)
    assert isinstance(panel, TrainingPanel)
    # So few pictures are learnt best with a norm and in small steps.
    settings = {"epochs": 12, "lr": 0.001, "batch": 8, "arch": "cnn-5", "head": "gap", "norm": "batch"}
    panel.set_request({"data": str(data), "recipe": "mri-4class", **settings, "out": str(guide.folder / "run")})
    guide.settle()
    press(panel, "Start")
    guide.save("train")
    guide.window.docks["Training"].close()


def audit(guide: Guide) -> None:
    guide.choose("Audit a data set")
    from gui.features.audit.dialog import AuditDialog

    dialog = guide.window.findChild(AuditDialog)
    assert isinstance(dialog, AuditDialog)
    dialog.data.choose(str(guide.folder / "phantoms"))
    guide.settle()
    press(dialog, "Run audit")
    guide.save("audit", dialog)
    dialog.close()


def medical_files(guide: Guide) -> None:
    import cv2
    import nibabel

    import resources

    # A head made of one phantom slice, smaller towards crown and chin; 1 × 1 × 2 mm.
    slice_ = cv2.imread(str(Path(resources.path("demo")) / "P0132.png"), cv2.IMREAD_GRAYSCALE)
    volume = np.zeros((128, 128, 64), np.int16)
    for number, depth in enumerate(np.linspace(-0.95, 0.95, 64)):
        side = max(2, round(128 * float(np.sqrt(1 - depth**2))))
        left = (128 - side) // 2
        small = cv2.resize(slice_, (side, side), interpolation=cv2.INTER_AREA)
        volume[left : left + side, left : left + side, number] = np.flipud(small).T
    path = guide.folder / "head.nii.gz"
    nibabel.Nifti1Image(volume, np.diag([-1.0, 1.0, 2.0, 1.0])).to_filename(path)
    guide.window.open_pictures([path])
    guide.settle()
    guide.window.canvas.set_mode("planes")
    guide.save("medical-files")
    guide.window.canvas.set_mode("overlay")


def inside(guide: Guide) -> None:
    from gui.features.inside.panel import InsidePanel
    from tfcore.data.phantom import write

    guide.choose("Layer by layer")
    guide.save("strip")
    guide.window.docks["Layer by layer"].close()
    guide.choose("Inside the network")
    panel = guide.window.findChild(InsidePanel)
    assert isinstance(panel, InsidePanel)
    panel.filters.data.choose(str(write(guide.folder / "marked", n=60, size=128, seed=7).parent))
    guide.settle()
    press(panel, "Dissect")
    guide.settle()
    panel.filters.gallery.item(0).setSelected(True)
    guide.save("inside")
    panel.show_likes()
    press(panel, "Make pictures")
    guide.save("likes")
    guide.window.docks["Inside the network"].close()


def asking(guide: Guide) -> None:
    """As the command line draws it."""
    import resources
    from tfcore import cli

    picture, out = Path(resources.path("demo")) / "P0132.png", guide.folder / "asked"
    how = "--model demo --method kernel-shap --superpixels 40 --samples 1000 --outlines --dpi 110"
    cli.main(["explain", str(picture), *how.split(), "--out", str(out)], lambda _: 0)
    (HERE / "asking.png").write_bytes((out / "P0132.png").read_bytes())
    smaller(HERE / "asking.png")
    print(HERE / "asking.png")


def attention(guide: Guide) -> None:
    """Every head of the transformer of docs/results/attention-demo.md, after a shorter training."""
    from gui.panels import Request
    from tests.benchmarks.asking import transformer
    from tfcore.data.phantom import CLASSES
    from tfcore.models.card import Card

    window, path = guide.window, guide.folder / "transformer.keras"
    network = transformer(8, 2000)
    network.save(path)
    Card(classes=CLASSES, input_shape=network.input_shape[1:]).save(path)
    window.open_demo()
    window.open_model(str(path))
    guide.settle()
    window.method.ask(Request("attention", {}, None, None))
    guide.choose("Layer by layer")
    button = next(each for each in window.docks["Layer by layer"].findChildren(QCheckBox))
    button.click()
    guide.save("heads")
    window.docks["Layer by layer"].close()
    window.open_demo()


def review(guide: Guide) -> None:
    from gui.features.compare.panel import ComparePanel

    window = guide.window
    window.open_demo()
    guide.settle()
    line = guide.feature("Review").findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    for number, (rating, tag) in enumerate([(4, "edge"), (2, ""), (5, "edge"), (3, "look again")]):
        window.browser.select(window.browser.paths()[number])
        guide.settle()
        guide.choose(f"Rate {rating} of")
        if rating > 3:
            guide.choose("Star")
        line.setText(tag)
        line.returnPressed.emit()
    guide.save("review")
    panel = guide.feature("Compare")
    assert isinstance(panel, ComparePanel)
    panel.methods.tick(["grad-cam", "layer-cam", "hires-cam", "saliency"])
    panel.layers.tick(["stage4"])
    guide.choose("Desk of many")
    guide.save("desk")
    guide.choose("Desk of many")


def figures(guide: Guide) -> None:
    window = guide.window
    window.open_demo()
    guide.settle()
    window.browser.choose(window.browser.paths()[:2])
    guide.choose("Figure composer")
    page = window.docks.pages.currentWidget()
    (template,) = [each for each in page.findChildren(QToolButton) if each.text() == "Template"]
    menu = template.menu()
    menu.aboutToShow.emit()
    next(each for each in menu.actions() if each.text() == "Methods × layers").trigger()
    guide.feature("Figure")
    guide.save("composer")
    guide.choose("Figure composer")


def reader_study(guide: Guide) -> None:
    from gui.features.study.case import CaseView
    from gui.features.study.form import StudyForm
    from tfcore.data.phantom import write

    window = guide.window
    window.open_pictures([write(guide.folder / "cases", n=12, size=128, seed=11, difficulty=0.5).parent])
    guide.settle()
    study = guide.folder / "demo.heatlens-study"
    guide.choose("New reader study")
    form = window.findChild(StudyForm)
    assert isinstance(form, StudyForm)
    findings = next(each for each in form.findChildren(QListWidget) if each.accessibleName().startswith("labels"))
    for row in (0, 1, 3):
        findings.item(row).setCheckState(Qt.CheckState.Checked)
    for called in ("ask: draw", "how sure it is"):
        next(each for each in form.findChildren(QCheckBox) if each.accessibleName() == called).click()
    press(form, "Add arm")
    guide.save("study-form", form)
    with patch.object(QFileDialog, "getSaveFileName", lambda *_: (str(study), "")):
        press(form, "Make")
    guide.settle()
    press(form, "Read it now")
    guide.settle()
    reading = QApplication.activeModalWidget()
    assert reading is not None
    reading.showNormal()
    reading.resize(SIZE)
    line = reading.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("Anna")
    press(reading, "Begin")
    # On to the first case with heat and with how sure the network is.
    while True:
        guide.settle()
        bars = reading.findChild(CaseView)
        assert isinstance(bars, CaseView)
        for called in ("rating: 4", "diagnosis: glioma", "confidence: 3"):
            next(each for each in reading.findChildren(QAbstractButton) if each.accessibleName() == called).click()
        if bars.answer.isVisible():
            break
        press(reading, "Next")
    guide.save("study-case", reading)
    reading.close()
    form.close()


def cohort(guide: Guide) -> None:
    from tfcore.data.phantom import write

    data = write(guide.folder / "slices", n=256, size=128, seed=5).parent
    guide.choose("Very many pictures")
    dock = guide.feature("Many pictures")
    next(each for each in dock.findChildren(QComboBox) if each.accessibleName() == "command").setCurrentText("explain")
    for called, text in (("data set", data), ("folder of the results", guide.folder / "heat")):
        line = next(each for each in dock.findChildren(QLineEdit) if each.accessibleName() == called)
        line.setText(str(text))
        line.editingFinished.emit()
    guide.settle()
    press(dock, "Start")
    said = next(each for each in dock.findChildren(QLabel) if each.accessibleName() == "state of the run")
    guide.settle(lambda: said.text().startswith("Running") and ", 0 of" not in said.text())
    guide.save("cohort")
    guide.settle(lambda: said.text().startswith("Finished"))


PAGES = {
    "first-look": first_look,
    "your-own-model": your_own_model,
    "train": train,
    "audit": audit,
    "medical-files": medical_files,
    "inside": inside,
    "asking": asking,
    "attention": attention,
    "review": review,
    "figures": figures,
    "reader-study": reader_study,
    "cohort": cohort,
}


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEATLENS_HOME"] = folder
        guide = Guide(Path(folder))
        for name in names or PAGES:
            PAGES[name](guide)
        guide.window.close()


if __name__ == "__main__":
    main(sys.argv[1:])
