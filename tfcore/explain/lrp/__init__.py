"""Layer-wise relevance propagation on any network (METHODS.md §4).

The score of a class is handed back from layer to layer: the network runs once, then one backward pass goes over its
graph in which every layer's derivative is replaced by its rule.

``rules``       how a linear layer hands relevance to its inputs
``linear``      what counts as a linear layer, and its weights
``canonize``    batch norms that are part of a linear layer in truth
``graph``       what can be known about the values without running the network
``treatments``  what every other kind of layer does with relevance
``composites``  which layer follows which rule
``through``     only what passes chosen channels
``start``       how much relevance the outputs begin with
``walk``        the forward and the backward pass
``follow``      one run for all layers asked for, and its books
``methods``     the catalogue's entries
"""
