from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMenuBar, QPushButton

from gui.panels.engine_badge import EngineBadge
from tests.gui.hands import OnScreen
from tfcore.engine.protocol import Lost, Ready, Starting

READY = Ready("cpu", ("cpu",), {"tensorflow": "2.21"}, 4711)


@pytest.fixture
def badge(on_screen: OnScreen) -> EngineBadge:
    return on_screen(EngineBadge())


def test_a_ready_engine_names_its_device_and_in_the_tooltip_its_versions(badge: EngineBadge) -> None:
    badge.handle(Starting())
    assert badge.text() == "○ engine starting …"
    badge.handle(READY)
    assert badge.text() == "● engine ready · CPU"
    assert badge.findChild(QLabel).toolTip() == "tensorflow 2.21\nprocess 4711"


def test_a_restart_is_mentioned_for_a_while(badge: EngineBadge) -> None:
    badge.handle(Starting("The engine ran out of memory."))
    assert badge.text() == "○ engine restarting …"
    assert badge.findChild(QLabel).toolTip() == "The engine ran out of memory."
    badge.handle(READY)
    assert badge.text() == "● engine restarted · CPU"
    badge.findChild(QTimer).timeout.emit()
    assert badge.text() == "● engine ready · CPU"


def test_old_news_never_overwrites_a_lost_engine(badge: EngineBadge) -> None:
    badge.handle(Starting("It crashed."))
    badge.handle(READY)
    badge.handle(Lost("It crashed three times."))
    assert not badge.findChild(QTimer).isActive()
    assert badge.text() == "● engine stopped"


def test_a_lost_engine_can_be_started_again(badge: EngineBadge, qtbot) -> None:
    button = badge.findChild(QPushButton)
    assert not button.isVisible()
    badge.handle(Lost("The engine crashed three times."))
    assert button.isVisible()
    with qtbot.waitSignal(badge.restart_requested):
        button.click()
    badge.handle(READY)
    assert not button.isVisible()


def test_a_longer_text_stays_inside_the_menu_bar(qtbot) -> None:
    bar, badge = QMenuBar(), EngineBadge()
    qtbot.addWidget(bar)
    bar.setCornerWidget(badge)
    bar.resize(600, 30)
    bar.show()
    badge.handle(Ready("cpu", ("cpu",), {}, 1))
    badge.handle(Starting("it was killed"))
    badge.handle(Ready("cpu", ("cpu",), {}, 2))
    assert badge.text() == "● engine restarted · CPU"
    assert badge.geometry().right() < bar.width()
