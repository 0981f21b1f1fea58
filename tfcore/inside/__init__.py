"""Inside a network (METHODS.md §8): what single filters stand for, and what they would like to see most."""
