"""The export dialog and the panel on the clipboard; the drawing itself is tfcore.figure."""
