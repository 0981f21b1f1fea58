"""Jobs, and the process they run in: one engine holds TensorFlow, the window only talks to it."""
