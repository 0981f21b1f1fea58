"""The audit of a data set in the window: what would spoil a training, with the pictures to prove it."""
