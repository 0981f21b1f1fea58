"""One file per recipe: its settings (METHODS.md §9), and what it does to the data before they are split."""
