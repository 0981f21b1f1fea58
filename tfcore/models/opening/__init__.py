"""What people have: files and folders of many years, read without running anything in them.

``stored`` finds out what a path holds, ``code`` what in it would run or is unknown, ``repair`` brings configurations
of Keras 1 and 2 to today's words, ``weights`` puts their weights in place.
"""
