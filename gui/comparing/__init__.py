"""Many heatmaps of the picture on show beside each other: methods by layers, or methods by models."""
