"""Networks: the zoo, opening files, and the straight-line program every explanation walks along."""
