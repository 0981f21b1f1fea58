"""What things cost, as ratios within one run."""

# Before any of them imports TensorFlow: it then runs as it does in the program.
import tfcore as tfcore
