from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from gui.panels.card_choices import CHOICES
from gui.panels.card_dialog import CardDialog
from gui.panels.model import ModelPanel
from gui.panels.model_facts import count_text, shape_text
from tests.gui.hands import OnScreen, button, named, texts
from tests.gui.panels.samples import INFO, OPEN_SIZE
from tfcore.models import card
from tfcore.models.outputs import STATED


@pytest.fixture
def panel(qtbot) -> ModelPanel:
    panel = ModelPanel()
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.set_choices(
        [("VGG16", "zoo:vgg16", True, "13 layers"), ("ResNet50", "zoo:resnet50", False, "no weights here")]
    )
    panel.set_recent(["/data/brain.keras", "/runs/first/model.keras"])
    panel.show()
    return panel


def words(panel: ModelPanel) -> str:
    return "\n".join(texts(panel))


def listed(panel: ModelPanel) -> list[str]:
    models = named(panel, "model")
    return [models.itemText(row) for row in range(models.count())]


def pick(panel: ModelPanel, text: str) -> None:
    named(panel, "model").activated.emit(listed(panel).index(text))


def test_models_stand_in_sections_and_what_cannot_be_opened_says_why(panel: ModelPanel) -> None:
    assert listed(panel) == [
        "demo",
        "Demo: brain phantoms",
        "Demo: segmentation",
        "zoo",
        "VGG16 · untrained",
        "ResNet50 · untrained",
        "recent files",
        "brain.keras",
        "first",
        "",
        "Open model…",
    ]
    resnet = named(panel, "model").model().item(listed(panel).index("ResNet50 · untrained"))
    assert (resnet.isEnabled(), resnet.toolTip()) == (False, "no weights here")


@pytest.mark.parametrize(
    ("text", "spec"),
    [("Demo: brain phantoms", "demo"), ("VGG16 · untrained", "zoo:vgg16"), ("brain.keras", "/data/brain.keras")],
)
def test_a_picked_model_is_told_by_its_spec(panel: ModelPanel, qtbot, text: str, spec: str) -> None:
    with qtbot.waitSignal(panel.model_chosen) as told:
        pick(panel, text)
    assert told.args == [spec]


def test_open_model_asks_for_a_file_and_the_list_keeps_showing_what_is_open(panel: ModelPanel, qtbot) -> None:
    panel.show_model(INFO)
    with qtbot.waitSignal(panel.open_requested), qtbot.assertNotEmitted(panel.model_chosen):
        pick(panel, "Open model…")
    assert named(panel, "model").currentText() == "slices.keras"


def test_an_opened_model_shows_its_facts(panel: ModelPanel) -> None:
    panel.show_model(INFO)
    facts = [named(panel, name).text() for name in ("name", "input", "classes", "parameters", "task", "hash")]
    assert facts == [
        "slices",
        "32 × 32 px, 1 channel",
        "3: glioma, none, other",
        "2.35 M",
        "classification",
        "ab12cd34ef56",
    ]
    assert "uessed" not in words(panel)


def test_files_of_one_name_stand_with_their_folders(panel: ModelPanel) -> None:
    panel.set_recent(["/one/net.keras", "/other/net.keras", "/runs/first/model.keras"])
    assert listed(panel)[-5:-2] == ["one/net.keras", "other/net.keras", "first"]


def test_what_was_guessed_is_in_plain_sight(panel: ModelPanel) -> None:
    panel.show_model(OPEN_SIZE)
    assert "Guessed: classes, fit. Check them." in words(panel)


def test_empty_loading_and_error_are_said(panel: ModelPanel, qtbot) -> None:
    assert "No model is open" in words(panel)
    panel.show_loading("/data/brain.keras")
    assert "Opening brain.keras …" in words(panel)
    assert named(panel, "model").currentText() == "brain.keras"
    panel.show_error("brain.keras is not a model.")
    assert "brain.keras is not a model." in words(panel)
    another = next(each for each in panel.findChildren(QPushButton) if each.isVisible())
    with qtbot.waitSignal(panel.open_requested):
        another.click()


def test_a_device_is_picked_only_where_there_are_several(panel: ModelPanel, qtbot) -> None:
    panel.set_devices(("cpu",), "cpu")
    assert (named(panel, "device").currentText(), named(panel, "device").isEnabled()) == ("CPU", False)
    panel.set_devices(("cpu", "gpu:0"), "gpu:0")
    assert named(panel, "device").currentText() == "GPU:0"
    with qtbot.waitSignal(panel.device_chosen) as told:
        named(panel, "device").activated.emit(1)
    assert told.args == ["gpu:0"]


def test_the_card_is_edited_from_the_panel(panel: ModelPanel, qtbot) -> None:
    panel.show_model(OPEN_SIZE)
    panel.edit_card()
    dialog = panel.findChild(CardDialog)
    with qtbot.waitSignal(panel.card_saved) as told:
        dialog.accept()
    assert told.args[0]["classes"] == ["glioma", "none", "other"]


@pytest.fixture
def dialog(on_screen: OnScreen) -> CardDialog:
    return on_screen(CardDialog(OPEN_SIZE))


def test_the_form_offers_exactly_what_a_card_may_say() -> None:
    allowed = {"scaling": card.SCALINGS, "colour": card.COLOURS, "resize": card.RESIZES, "fit": card.FITS}
    offered = {name: tuple(choices) for name, (_, choices) in CHOICES.items()}
    # Where a network ends in logarithms of probabilities its structure shows it.
    assert set(offered.pop("outputs")) == set(STATED) - {"log probabilities"}
    assert offered == allowed


def test_the_form_starts_at_the_card_and_states_a_card_that_is_accepted(dialog: CardDialog) -> None:
    stated = dialog.values()
    asked = [name for name in CHOICES if name != "outputs"]
    assert {name: stated[name] for name in asked} == {name: OPEN_SIZE.card[name] for name in asked}
    assert "outputs" not in stated, "the network's structure tells what it answers with"
    assert stated["input_shape"] == [224, 224, 3]
    saved = card.Card.guess((None, None, 3), 3).with_(**stated)
    assert saved.guessed == ()
    assert saved.classes == OPEN_SIZE.classes


@pytest.mark.parametrize(
    ("text", "problem"), [("a\nb", "3 names are needed; there are 2"), ("a\nb\na", "“a” is there twice")]
)
def test_names_that_do_not_fit_the_outputs_cannot_be_saved(dialog: CardDialog, text: str, problem: str) -> None:
    named(dialog, "classes").setPlainText(text)
    assert any(problem in text for text in texts(dialog))
    assert not button(dialog, "Save").isEnabled()
    named(dialog, "classes").setPlainText("a\n b \n\nc\n")
    assert button(dialog, "Save").isEnabled()
    assert dialog.values()["classes"] == ["a", "b", "c"]


def test_a_model_of_one_channel_and_a_fixed_size_is_asked_only_what_is_open(on_screen: OnScreen) -> None:
    dialog = on_screen(CardDialog(INFO))
    colours = named(dialog, "colour")
    offered = [colours.itemData(row) for row in range(colours.count())]
    assert offered == ["grey"]
    assert "input_shape" not in dialog.values()
    assert card.Card.guess((32, 32, 1), 3).with_(**dialog.values()).guessed == ()


def test_a_side_that_is_fixed_stays_fixed(on_screen: OnScreen) -> None:
    dialog = on_screen(CardDialog(replace(INFO, input_shape=(64, None, 1))))
    assert not named(dialog, "input height").isEnabled()
    named(dialog, "input width").setValue(96)
    assert dialog.values()["input_shape"] == [64, 96, 1]


def test_sizes_and_counts_read_as_people_say_them() -> None:
    assert [count_text(count) for count in (870, 52_000, 999_900, 134_000_000)] == ["870", "52 k", "1 M", "134 M"]
    assert shape_text((None, None, 3)) == "any × any px, 3 channels"
