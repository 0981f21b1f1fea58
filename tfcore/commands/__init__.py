"""One file per command: ``add`` describes it to the parser, ``run`` does it. Nothing heavy is imported to describe."""
