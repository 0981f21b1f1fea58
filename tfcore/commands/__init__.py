"""One file per command: ``add`` describes it to the parser, ``run`` does it. Nothing heavy is imported to describe."""

# Files that describe several commands; any other file describes the one of its name.
TOGETHER = {"figure": ("figure", "reproduce"), "lists": ("methods", "metrics", "models", "recipes")}
