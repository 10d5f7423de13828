"""Least squares over the simplex, to a certified optimum."""
