"""Tests of batches: the same files however they come about, and nothing lost on any way."""
