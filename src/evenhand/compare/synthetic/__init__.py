"""Standards that set every unit against a counterfactual made of the others."""
