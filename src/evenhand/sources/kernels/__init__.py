"""Compiled loops: arrays in, arrays out; what each is for stands in the module of the same name."""
