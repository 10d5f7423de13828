"""Sources against published figures, simulated copiers and other libraries."""
