"""Training in the window: the request, live curves, the result."""
