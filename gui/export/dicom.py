"""What a DICOM file is to hold: the panel as a picture, or the heat or its mask for a viewer to lay over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QWidget

from gui.export.composing import Dicom
from gui.panels.labels import label
from gui.pieces import named
from gui.texts import tr
from tfcore.figure.dicom_kinds import KINDS, MASK_AT

_IDENTITY = tr(
    "The file is then of the same patient and study as its picture: name, number, birth date "
    "and the like are copied. Without it the file is of nobody and refers to the picture by "
    "its number."
)


class DicomForm(QWidget):
    """Fields for everything in :class:`Dicom`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._kind = named(QComboBox(), tr("DICOM kind"))
        for number, (name, help) in enumerate(KINDS.items()):
            self._kind.addItem(tr(name), name)
            self._kind.setItemData(number, tr(help), Qt.ItemDataRole.ToolTipRole)
        self._at = named(QLineEdit(MASK_AT.default), tr("mask begins at"), tr(MASK_AT.help).capitalize())
        self._keep = QCheckBox(tr("keep the patient's identity"))
        self._keep.setObjectName("keep identity")
        self._keep.setToolTip(_IDENTITY)
        self._said = label(_IDENTITY, "warning")
        self.fields: dict[str, QWidget] = {
            "DICOM kind": self._kind,
            "mask begins at": self._at,
            "keep identity": self._keep,
        }
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.addRow(tr("&As"), self._kind)
        self._rows.addRow(tr("&Begins at"), self._at)
        self._rows.addRow(self._keep)
        self._rows.addRow(self._said)
        self._kind.currentIndexChanged.connect(self._follow)
        self._keep.toggled.connect(self._follow)
        self._at.textChanged.connect(self.changed)
        self._follow()

    def choice(self) -> Dicom:
        """What the fields say now."""
        return Dicom(self._kind.currentData(), self._at.text().strip(), self._keep.isChecked())

    def _follow(self) -> None:
        self._kind.setToolTip(tr(KINDS[self._kind.currentData()]))
        self._rows.setRowVisible(self._at, self._kind.currentData() == "mask")
        self._rows.setRowVisible(self._said, self._keep.isChecked())
        self.changed.emit()
