"""A small coaching system around wor_match, meant to be copied: it shows where advice, events and the model go.

It advises, and writes down what people decide. It calls nobody and books nothing.
"""
