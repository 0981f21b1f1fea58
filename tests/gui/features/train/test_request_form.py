from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from gui.features.train.request_form import RequestForm
from tests.gui.hands import OnScreen, button, in_sight, named
from tfcore.registry import catalogue
from tfcore.training.plan import plan


@pytest.fixture
def form(on_screen: OnScreen) -> RequestForm:
    return on_screen(RequestForm())


def choose(form: RequestForm, recipe: str, arch: str | None = None) -> None:
    for name, wanted in (("recipe", recipe), ("architecture", arch)):
        if wanted:
            combo = named(form, name)
            combo.setCurrentIndex(combo.findData(wanted))
    # Fields that were drawn anew come into sight with the next events.
    QApplication.processEvents()


def test_an_untouched_form_asks_for_the_recipe_alone(form: RequestForm) -> None:
    assert form.values() == {"recipe": "mri-4class", "arch": "cnn-5"}


@pytest.mark.parametrize("recipe", [spec.name for spec in catalogue("recipe")])
def test_every_recipe_that_has_a_network_makes_a_plan(form: RequestForm, recipe: str) -> None:
    choose(form, recipe)
    if form.problem:
        assert named(form, "architecture").count() == 0
        return
    values = form.values()
    assert plan(**values).recipe == recipe


@pytest.mark.parametrize("arch", [s.name for s in catalogue("architecture") if s.task != "segmentation"])
def test_every_classifier_makes_a_plan(form: RequestForm, arch: str) -> None:
    choose(form, "mri-4class", arch)
    assert plan(**form.values()).arch == arch


def test_only_what_differs_from_the_defaults_is_stated(form: RequestForm) -> None:
    named(form, "batch size").setValue(4)
    button(form, "More settings").click()
    named(form, "seed").setValue(7)
    named(form, "dropout").setValue(0.1)
    assert form.values() == {"recipe": "mri-4class", "arch": "cnn-5", "batch": 4, "seed": 7, "dropout": 0.1}


def test_how_many_epochs_are_usual_follows_the_network(form: RequestForm) -> None:
    assert named(form, "epochs").value() == 20
    choose(form, "mri-4class", "cnn-2")
    assert named(form, "epochs").value() == 40
    assert "epochs" not in form.values()
    named(form, "epochs").setValue(3)
    choose(form, "mri-4class", "cnn-5")
    assert form.values()["epochs"] == 3


def test_a_request_comes_back_as_it_was(form: RequestForm, qtbot) -> None:
    asked = {"recipe": "pcle", "arch": "resnet50", "weights": "imagenet", "epochs": 2, "patience": 3, "seed": 5}
    form.set_values(asked)
    assert form.values() == asked


def test_what_the_catalogue_no_longer_knows_keeps_its_default(form: RequestForm) -> None:
    form.set_values({"recipe": "gone", "batch": "many", "unknown": 1})
    assert form.values() == {"recipe": "mri-4class", "arch": "cnn-5"}


def test_fields_have_names_of_the_field_and_blank_ones_say_what_holds(form: RequestForm) -> None:
    labels = {each.text().replace("&", "") for each in form.findChildren(QLabel)}
    assert {"learning rate", "augmentation", "batch size", "fine-tuning rate", "drop copies"} <= labels
    assert not {"lr", "augment", "fine tune lr"} & labels
    blank = {each.accessibleName(): each.placeholderText() for each in form.findChildren(QLineEdit)}
    assert blank["picture size"] == "as the network: 128"
    assert blank["augmentation"] == "none"
    assert blank["patience"] == "never"
    assert blank["focus classes"] == "all but those that mean healthy"
    choose(form, "mri-4class", "densenet201")
    sizes = [each for each in form.findChildren(QLineEdit) if each.accessibleName() == "picture size"]
    assert sizes[-1].placeholderText() == "as the network: 299"


def test_no_recipe_speaks_of_flags_of_the_command_line(form: RequestForm) -> None:
    recipe = next(box for box in form.findChildren(QComboBox) if box.accessibleName() == "recipe")
    for row in range(recipe.count()):
        recipe.setCurrentIndex(row)
        said = [each.toolTip() for each in form.findChildren(QWidget)]
        said += [each.text() for each in form.findChildren(QLabel)]
        assert not [text for text in said if "--" in text]


def test_a_setting_that_is_not_usual_is_seen(form: RequestForm) -> None:
    form.set_values({"drop_duplicates": True})
    assert next(box for box in form.findChildren(QCheckBox) if box.accessibleName() == "drop copies").isVisible()


def test_rarely_changed_settings_are_behind_a_button(form: RequestForm) -> None:
    assert "seed" not in in_sight(form)
    button(form, "More settings").click()
    assert "seed" in in_sight(form)
